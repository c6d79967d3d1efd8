package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.invoke.FunctionInvoker;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.invoke.InvocationResult.Success;
import conversations.deletion.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An unchanged sample event, the function that it is for, and what its README says about both. */
record SampleEvent(String file, String function, Consumer<InvocationResult> expectation) {

  private static final Path FOLDER = Path.of("../events");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The sample events whose outcome is known. */
  static Stream<SampleEvent> all() {
    return Stream.of(
        answered("submit-by-conversation.json", "SubmitDeletionJobFunction", 202),
        answered("submit-by-channel-user.json", "SubmitDeletionJobFunction", 202),
        answered("submit-invalid.json", "SubmitDeletionJobFunction", 400),
        answered("find-job.json", "FindDeletionJobFunction", 404),
        answered("list-jobs.json", "ListDeletionJobsFunction", 200),
        answered("list-job-conversations.json", "ListJobConversationsFunction", 404),
        answered("cancel-job.json", "CancelDeletionJobFunction", 404),
        answered("list-change-log.json", "ListChangeLogFunction", 200),
        answered("submit-preview.json", "SubmitPreviewFunction", 202),
        answered("find-preview.json", "FindPreviewFunction", 404),
        answered("list-preview-conversations.json", "ListPreviewConversationsFunction", 404),
        answered("place-hold.json", "HoldFunction", 201),
        answered("release-hold.json", "HoldFunction", 404),
        answered("list-holds.json", "FindHoldFunction", 200),
        answered("find-hold.json", "FindHoldFunction", 404),
        new SampleEvent("preview.json", "PreviewFunction", SampleEvent::isTakenOff),
        new SampleEvent("authorize.json", "AuthorizerFunction", SampleEvent::isUnauthorized),
        new SampleEvent("off-peak.json", "OffPeakFunction", SampleEvent::isRun),
        new SampleEvent(
            "housekeeping.json",
            "HousekeepingFunction",
            result -> assertThat(json(result).has("ownerNoticesSent")).isTrue()));
  }

  /** The names of all sample events. */
  static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .collect(Collectors.toSet());
    }
  }

  void isHandledAsExpected(FunctionInvoker invoker, Template template) throws IOException {
    byte[] payload = Files.readAllBytes(FOLDER.resolve(file));
    expectation.accept(invoker.invoke(template.function(function), payload));
  }

  @Override
  public String toString() {
    return file;
  }

  private static SampleEvent answered(String file, String function, int status) {
    return new SampleEvent(
        file,
        function,
        result -> assertThat(json(result).path("statusCode").asInt()).isEqualTo(status));
  }

  private static void isUnauthorized(InvocationResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Success.class, success -> assertThat(success.text()).contains("\"Effect\":\"Deny\""));
  }

  /** The queue then forgets the message. */
  private static void isTakenOff(InvocationResult result) {
    assertThat(json(result).isNull()).isTrue();
  }

  private static void isRun(InvocationResult result) {
    assertThat(json(result).path("windowIsOpen").asBoolean()).isTrue();
  }

  private static JsonNode json(InvocationResult result) {
    assertThat(result).isInstanceOf(Success.class);
    try {
      return JSON.readTree(((Success) result).payload());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
