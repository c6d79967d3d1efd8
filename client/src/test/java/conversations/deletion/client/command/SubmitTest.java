package conversations.deletion.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.command.CommandLine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs made of previews, and jobs that wait, here and on a stack that CloudFormation describes. */
class SubmitTest {

  private static final Instant NOW = Instant.parse("2026-05-08T17:00:00.250Z");
  private static final String PREVIEWS = "POST deletion-previews";
  private static final String JOBS = "POST delete";
  private static final String STACK = "deletions-prod";

  private static final Map<String, String> OF_AWS =
      Map.of(
          "aws.region", "eu-central-1",
          "aws.accessKeyId", "local",
          "aws.secretAccessKey", "local");

  @TempDir private Path folder;

  private final Map<String, String> before = new HashMap<>();
  private StubApi api;

  @BeforeEach
  void serve() throws IOException {
    api = new StubApi();
    Path description = folder.resolve("local/target/local.json");
    Files.createDirectories(description.getParent());
    Files.writeString(
        description,
        """
        {"baseUrl":"http://127.0.0.1:%d","botId":"st-1",
         "clientApp":{"appId":"app-1","secret":"0123456789abcdef0123456789abcdef"}}
        """
            .formatted(api.port()));
    api.answers(PREVIEWS, 202, Previews.ACCEPTED);
    api.answers("GET deletion-previews/cdp-1", 200, Previews.COMPLETED);
    api.answers(JOBS, 202, "{\"jobId\":\"cdj-1\",\"status\":\"queued\"}", "41824");
    // CloudFormation is asked at the root.
    api.answers("POST /", 200, stack());
    OF_AWS.forEach(this::set);
    set("aws.endpointUrlCloudFormation", "http://127.0.0.1:" + api.port());
  }

  private void set(String property, String value) {
    before.put(property, System.getProperty(property));
    System.setProperty(property, value);
  }

  @AfterEach
  void stop() {
    api.close();
    before.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
  }

  private String stack() {
    return """
    <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
      <DescribeStacksResult><Stacks><member>
        <StackName>%s</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
        <CreationTime>2026-05-04T09:00:00.000Z</CreationTime>
        <Outputs><member><OutputKey>ApiUrl</OutputKey>
          <OutputValue>http://127.0.0.1:%d</OutputValue></member></Outputs>
      </member></Stacks></DescribeStacksResult>
    </DescribeStacksResponse>
    """
        .formatted(STACK, api.port());
  }

  private Outcome here(String... arguments) {
    return new CommandLine(folder, Map.of()).at(NOW).run(arguments);
  }

  private CommandLine onTheStack() {
    return new CommandLine(
            folder,
            Map.of(
                "DELETIONS_STACK", STACK,
                "DELETIONS_BOT", "st-1",
                "DELETIONS_APP", "app-1",
                "DELETIONS_APP_SECRET", "0123456789abcdef0123456789abcdef"))
        .waitingBy(_ -> {});
  }

  private String job() {
    List<StubApi.Request> jobs = api.requests(JOBS);
    assertThat(jobs).hasSize(1);
    return jobs.getFirst().body();
  }

  @Test
  void deletesWhatAPreviewListsAndSaysSo() {
    Outcome outcome = here("submit", "--preview=cdp-1", "--reference=REQ-1");

    assertThat(job()).isEqualTo("{\"previewId\":\"cdp-1\",\"reference\":\"REQ-1\"}");
    assertThat(outcome.out().lines())
        .containsExactly(
            "Job cdj-1 is queued; it is due in 11 h 37 min.",
            "It deletes what the preview cdp-1 lists.",
            "To watch it, with the same options: deletions watch cdj-1");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-11T06:00:00+02:00, 2026-05-11T06:00:00+02:00",
    "72h, 2026-05-11T17:00:00Z",
    "45m, 2026-05-08T17:45:00Z",
    "soon, soon"
  })
  void deletesNothingBeforeAMomentAndSaysSo(String given, String sent) {
    Outcome outcome = here("submit", "c-1", "--not-before=" + given);

    assertThat(job()).isEqualTo("{\"conversationIds\":[\"c-1\"],\"notBefore\":\"" + sent + "\"}");
    assertThat(outcome.out())
        .contains(
            "Nothing is deleted before %s. Until then it can be cancelled whole: deletions cancel cdj-1"
                .formatted(sent));
  }

  @Test
  void saysHowTheSameMomentIsNamedInARepeatedRequest() {
    api.close();

    assertThat(here("submit", "c-1", "--not-before=72h", "--idempotency-key=mine").err())
        .contains("--idempotency-key=mine --not-before=2026-05-11T17:00:00Z:");
  }

  @ParameterizedTest
  @CsvSource({
    "preview_required, deletions preview for the same channel user",
    "preview_not_completed, when the preview has been completed",
    "preview_expired, Make another with deletions preview",
    "preview_used_up, Make another with deletions preview"
  })
  void saysWhatToDoWhereAPreviewIsMissingOrOfNoUse(String code, String remedy) {
    api.answers(JOBS, 409, Previews.problem(409, code));

    Outcome outcome = here("submit", "--user=u-1");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("[" + code + "]", remedy);
  }

  @Test
  void onAStackAChannelUsersJobIsMadeOfWhatWasShown() {
    Outcome outcome = onTheStack().withPerson("y").run("submit", "--user=u-1", "--from=2026-05-01");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .containsSubsequence(
            "Conversations  11",
            "0.0011 to 0.0014 US dollars",
            "The stack deletions-prod is to delete what this preview lists: all conversations of"
                + " the channel user u-1 that began from 2026-05-01 on of the bot st-1.",
            "Go on? [y/N]",
            "Job cdj-1 is queued");
    assertThat(api.requests(PREVIEWS))
        .extracting(StubApi.Request::body)
        .containsExactly("{\"cId\":\"u-1\",\"startDate\":\"2026-05-01\"}");
    assertThat(job()).isEqualTo("{\"previewId\":\"cdp-1\"}");
  }

  @Test
  void onAStackNothingIsSubmittedUnlessThePersonAgreesToThePreview() {
    Outcome outcome = onTheStack().withPerson("n").run("submit", "--user=u-1");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).contains("Conversations  11");
    assertThat(outcome.err()).contains("Nothing was submitted");
    assertThat(api.requests(JOBS)).isEmpty();
  }

  @Test
  void onAStackNothingIsSubmittedIfThePreviewFails() {
    api.answers("GET deletion-previews/cdp-1", 200, Previews.failed("unavailable"));

    Outcome outcome = onTheStack().withPerson("y").run("submit", "--user=u-1");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("has failed");
    assertThat(api.requests(JOBS)).isEmpty();
  }

  /** A script goes on by --yes, or by a preview that it had made and looked at. */
  @Test
  void onAStackNothingIsAskedForWhereNobodyIsThereToAgreeToAPreview() {
    Outcome outcome = onTheStack().run("submit", "--user=u-1");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("no terminal", "--yes", "deletions preview");
    assertThat(api.requests(PREVIEWS)).isEmpty();
    assertThat(api.requests(JOBS)).isEmpty();

    assertThat(onTheStack().run("submit", "--preview=cdp-1").code()).isZero();
    assertThat(job()).isEqualTo("{\"previewId\":\"cdp-1\"}");
  }

  @Test
  void onAStackYesAsksForNoPreview() {
    assertThat(onTheStack().run("submit", "--user=u-1", "--yes").code()).isZero();

    assertThat(api.requests(PREVIEWS)).isEmpty();
    assertThat(job()).isEqualTo("{\"cId\":\"u-1\"}");
  }

  @Test
  void onAStackWhatIsNamedNeedsNoPreview() {
    Outcome outcome = onTheStack().withPerson("y").run("submit", "c-1");
    assertThat(outcome.out()).contains("delete the conversation c-1 of the bot st-1", "[y/N]");

    assertThat(onTheStack().withPerson("n").run("submit", "--preview=cdp-1").out())
        .contains("delete what the preview cdp-1 lists of the bot st-1", "[y/N]");

    assertThat(api.requests(PREVIEWS)).isEmpty();
    assertThat(job()).isEqualTo("{\"conversationIds\":[\"c-1\"]}");
  }

  @Test
  void theSameKeyLeadsToTheSamePreviewAndTheSameJob() {
    for (int i = 0; i < 2; i++) {
      onTheStack().withPerson("y").run("submit", "--user=u-1", "--idempotency-key=mine");
    }

    assertThat(api.requests(JOBS)).extracting(it -> it.key().orElseThrow()).containsOnly("mine");
    assertThat(api.requests(PREVIEWS))
        .hasSize(2)
        .extracting(it -> it.key().orElseThrow())
        .doesNotContain("mine")
        .containsOnly(api.requests(PREVIEWS).getFirst().key().orElseThrow());
  }

  @Test
  void leavesTheOutputToTheJsonOfTheJob() {
    Outcome outcome = onTheStack().withPerson("y").run("submit", "--user=u-1", "--json");

    assertThat(outcome.out()).startsWith("{\"jobId\"").hasLineCount(1);
    assertThat(outcome.err()).contains("Conversations  11", "[y/N]");
  }

  @Test
  void aJobThatWaitsTellsUntilWhenItCanBeCancelled() {
    String job =
        """
        {"jobId":"cdj-1","status":"queued","requestType":"cId","previewId":"cdp-1",
         "submittedAt":"2026-05-08T17:00:00.000Z","scheduledAt":"2026-05-11T18:00:00.000Z",
         "notBefore":"2026-05-11T17:00:00.000Z",
         "result":{"totalConversations":11,"processedCount":0,"deletedConversations":0,
                   "failedCount":0,"skippedCount":0,"deletedCount":0,"retriesRemaining":3}}
        """;
    api.answers("GET delete/cdj-1", 200, job);
    api.then("GET delete/cdj-1", 200, job);
    api.then("GET delete/cdj-1", 200, job.replace("queued", "completed"));

    assertThat(here("status", "cdj-1").out())
        .contains(
            "Preview        cdp-1",
            "Not before     2026-05-11T17:00:00Z; until then it can be cancelled whole");
    assertThat(
            new CommandLine(folder, Map.of())
                .at(NOW)
                .waitingBy(pause -> assertThat(pause).isEqualTo(Duration.ofSeconds(30)))
                .run("watch", "cdj-1")
                .out())
        .startsWith("queued, deletes nothing before 2026-05-11T17:00:00Z, due in 3 d 0 h");

    api.answers("GET delete", 200, "{\"jobs\":[" + job + "]}");
    assertThat(Previews.columns(here("list").out()))
        .containsExactly(
            "JOB | STATUS | SUBMITTED | NOT BEFORE | CONVERSATIONS | RECORDS DELETED | PREVIEW |"
                + " REFERENCE",
            "cdj-1 | queued | 2026-05-08T17:00:00Z | 2026-05-11T17:00:00Z | 0 of 11 | 0 | cdp-1");
  }
}
