package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.invoke.InvocationResult.FunctionError;
import conversations.deletion.local.invoke.InvocationResult.Success;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample events, as they stand, through the functions that they are for. */
class EventsIT {

  private static final Path EVENTS = Path.of("../events");

  private static Service service;

  private final ObjectMapper json = new ObjectMapper();

  @BeforeAll
  static void start() {
    service = Service.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "submit-by-conversation.json, SubmitDeletionJobFunction, 202",
    "submit-by-channel-user.json, SubmitDeletionJobFunction, 202",
    "submit-invalid.json, SubmitDeletionJobFunction, 400",
    "find-job.json, FindDeletionJobFunction, 404",
    "list-jobs.json, ListDeletionJobsFunction, 200",
    "list-job-conversations.json, ListJobConversationsFunction, 404",
    "cancel-job.json, CancelDeletionJobFunction, 404",
    "list-change-log.json, ListChangeLogFunction, 200"
  })
  void anEventOfTheApiIsAnsweredAsItsReadmeSays(String event, String function, int status)
      throws IOException {
    InvocationResult result = invoke(event, function);

    assertThat(result).isInstanceOf(Success.class);
    JsonNode answer = json.readTree(((Success) result).payload());
    assertThat(answer.path("statusCode").asInt()).isEqualTo(status);
  }

  @Test
  void theSampleTokenIsRefused() throws IOException {
    InvocationResult result = invoke("authorize.json", "AuthorizerFunction");

    assertThat(result).isInstanceOf(FunctionError.class);
    assertThat(((FunctionError) result).errorMessage()).isEqualTo("Unauthorized");
  }

  @Test
  void theSchedulesInputMakesARun() throws IOException {
    InvocationResult result = invoke("off-peak.json", "OffPeakFunction");

    assertThat(result).isInstanceOf(Success.class);
    JsonNode summary = json.readTree(((Success) result).payload());
    assertThat(summary.path("windowIsOpen").asBoolean()).isTrue();
  }

  @Test
  void everySampleEventIsTriedHere() throws IOException {
    try (Stream<Path> files = Files.list(EVENTS)) {
      Set<String> events =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".json"))
              .collect(Collectors.toSet());
      assertThat(events)
          .containsExactlyInAnyOrder(
              "submit-by-conversation.json",
              "submit-by-channel-user.json",
              "submit-invalid.json",
              "find-job.json",
              "list-jobs.json",
              "list-job-conversations.json",
              "cancel-job.json",
              "list-change-log.json",
              "authorize.json",
              "off-peak.json");
    }
  }

  private static InvocationResult invoke(String event, String function) throws IOException {
    byte[] payload = Files.readAllBytes(EVENTS.resolve(event));
    return service.aws.invoker().invoke(service.aws.template().function(function), payload);
  }
}
