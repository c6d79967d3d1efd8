package conversations.deletion.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.command.CommandLine.Outcome;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionsTest {

  private static final String TWO_FAULTS =
      """
      {"type":"https://www.rfc-editor.org/rfc/rfc9110#section-15.5.1","title":"Bad Request","status":400,"detail":"The request has 2 faults.",\
      "instance":"4b6a3633-025f-438d-ad11-9c12ac783d81","errors":[\
      {"field":"startDate","code":"invalid_date","message":"A date is expected."},\
      {"field":"cId","code":"invalid_id","message":"An id is expected."}]}\
      """;

  private static final String COMPLETED =
      """
      {"jobId":"cdj-1","status":"completed","requestType":"cId",
       "startDate":"2026-05-01T00:00:00.000Z","endDate":"2026-05-08T17:00:00.000Z",
       "submittedAt":"2026-05-08T17:00:00.000Z","scheduledAt":"2026-05-08T17:00:00.000Z",
       "result":{"totalConversations":1,"processedCount":1,"deletedConversations":1,
                 "failedCount":0,"skippedCount":0,"deletedCount":3,"beforeStartCount":2,
                 "retriesRemaining":3}}
      """;

  @TempDir private Path folder;

  private StubApi api;

  @BeforeEach
  void serve() throws IOException {
    api = new StubApi().retryAfter("41824");
    describe(api.port());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void describe(int port) throws IOException {
    Path description = folder.resolve("local/target/local.json");
    Files.createDirectories(description.getParent());
    Files.writeString(
        description,
        """
        {"baseUrl":"http://127.0.0.1:%d","botId":"st-1",
         "clientApp":{"appId":"app-1","secret":"0123456789abcdef0123456789abcdef"}}
        """
            .formatted(port));
  }

  private Outcome run(String... arguments) {
    return new CommandLine(folder, Map.of()).run(arguments);
  }

  private void answers(int code, String body) {
    api.answers(code, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"owner", "owner bots.example", "a@b.example,c@b.example", "b\u00fcro@b.example"})
  void registersNoBotWhoseOwnersAddressSesWouldRefuse(String address) {
    Outcome outcome = run("register-bot", "--name=Shop", "--owner-email=" + address);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("deletions: --owner-email is not an address that SES takes: ");
  }

  @Test
  void tellsAttachmentsAndRetainedRecordsOfAJobWhereThereAreSome() {
    answers(
        200,
        COMPLETED.replace(
            "\"deletedCount\":3",
            "\"deletedCount\":3,\"deletedAttachments\":24,\"retainedCount\":12"));

    assertThat(run("status", "cdj-1").out())
        .contains("Records        3 deleted, 12 retained\n", "Attachments    24 deleted\n");
    assertThat(run("watch", "cdj-1").out()).contains("3 records, 24 attachments deleted");
  }

  /** As a service of an older version answers, or one without a bucket. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\"deletedAttachments\":0,\"retainedCount\":0,"})
  void saysNothingOfAttachmentsAndRetainedRecordsOfAJobWithoutAny(String counts) {
    answers(200, COMPLETED.replace("\"failedCount\"", counts + "\"failedCount\""));

    assertThat(run("status", "cdj-1").out())
        .contains("Records        3 deleted\n")
        .doesNotContain("ttachments");
    assertThat(run("watch", "cdj-1").out()).contains("3 records deleted");
  }

  @Test
  void listsTheAttachmentsOfJobsWhereThereAreSome() {
    String with = COMPLETED.replace("\"failedCount\"", "\"deletedAttachments\":24,\"failedCount\"");
    answers(200, "{\"jobs\":[" + COMPLETED + "," + with + "]}");
    assertThat(run("list").out().lines().map(line -> line.replaceAll(" {2,}", " | ")))
        .containsExactly(
            "JOB | STATUS | SUBMITTED | CONVERSATIONS | RECORDS DELETED | ATTACHMENTS DELETED |"
                + " REFERENCE",
            "cdj-1 | completed | 2026-05-08T17:00:00Z | 1 of 1 | 3 | 0",
            "cdj-1 | completed | 2026-05-08T17:00:00Z | 1 of 1 | 3 | 24");

    answers(200, "{\"jobs\":[" + COMPLETED + "]}");
    assertThat(run("list").out()).contains("RECORDS DELETED  REFERENCE");
  }

  @Test
  void listsTheAttachmentsOfConversationsWhereThereAreSome() {
    String deleted =
        "{\"conversationId\":\"c-1\",\"outcome\":\"deleted\",\"recordsDeleted\":31,"
            + "\"attachmentsDeleted\":8}";
    String refused =
        "{\"conversationId\":\"c-2\",\"outcome\":\"failed\",\"recordsDeleted\":0,"
            + "\"attachmentsDeleted\":0,\"reason\":\"attachments_refused\"}";
    answers(200, "{\"conversations\":[" + deleted + "," + refused + "]}");
    assertThat(run("conversations", "cdj-1").out().lines())
        .containsExactly(
            "CONVERSATION  OUTCOME  RECORDS DELETED  ATTACHMENTS DELETED  REASON",
            "c-1           deleted  31               8",
            "c-2           failed   0                0                    attachments_refused");

    answers(200, "{\"conversations\":[" + refused + "]}");
    assertThat(run("conversations", "cdj-1").out()).contains("RECORDS DELETED  REASON");
  }

  @Test
  void sendsTheReferenceAsItIs() {
    answers(202, "{\"jobId\":\"cdj-1\"}");

    run("submit", "c-1", "--reference=REQ-4711, B\u00fcro 7");

    assertThat(api.sent()).contains("\"reference\":\"REQ-4711, B\u00fcro 7\"");
  }

  @Test
  void tellsEveryFaultOfARefusalAndWhatToDo() {
    answers(400, TWO_FAULTS);

    Outcome outcome = run("submit", "--user=a b", "--from=soon");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines())
        .containsExactly(
            "deletions: The request has 2 faults. (400 Bad Request)",
            "  startDate: A date is expected. [invalid_date]",
            "  cId: An id is expected. [invalid_id]",
            "Correct the command and run it again.");
  }

  @Test
  void passesARefusalOnAsItCameWhereJsonIsWanted() {
    answers(400, TWO_FAULTS);

    Outcome outcome = run("submit", "--json", "--user=u-1");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEqualToIgnoringNewLines(TWO_FAULTS);
    assertThat(outcome.err()).contains("The request has 2 faults.");
  }

  @Test
  void passesAnAnswerOnAsItCameWhereJsonIsWanted() {
    answers(200, "{ \"jobs\" : [], \"aFieldOfALaterVersion\": 1.50 }");

    assertThat(run("list", "--json"))
        .isEqualTo(
            new Outcome(
                0,
                "{ \"jobs\" : [], \"aFieldOfALaterVersion\": 1.50 }" + System.lineSeparator(),
                ""));
    assertThat(run("--json", "list")).isEqualTo(run("list", "--json"));
  }

  @ParameterizedTest
  @CsvSource({"401, 1", "403, 1", "404, 1", "409, 1", "422, 1", "429, 1", "500, 3", "503, 3"})
  void tellsARefusalFromAServiceThatCannotAnswer(int code, int exit) {
    answers(code, "{\"title\":\"Title\",\"detail\":\"Detail.\",\"errors\":[]}");

    Outcome outcome = run("status", "cdj-1");

    assertThat(outcome.code()).isEqualTo(exit);
    assertThat(outcome.err().lines()).hasSize(2).first().asString().contains("Detail.");
  }

  @Test
  void saysHowASubmissionCanBeRepeatedThatMayHaveArrived() {
    answers(503, "{\"title\":\"Unavailable\",\"detail\":\"Detail.\"}");

    assertThat(run("submit", "--user=u-1", "--idempotency-key=mine").err())
        .contains("--idempotency-key=mine");
    assertThat(run("submit", "--user=u-1").err())
        .containsPattern("--idempotency-key=[0-9a-f-]{36}");
  }

  @Test
  void tellsWhenAQueuedJobIsTakenUp() {
    answers(202, "{\"jobId\":\"cdj-1\",\"status\":\"queued\"}");

    assertThat(run("submit", "c-1").out())
        .startsWith("Job cdj-1 is queued; it is due in 11 h 37 min.");
  }

  @ParameterizedTest
  @CsvSource({
    "'Fri, 01 Jan 2100 00:00:00 GMT', 92 d 0 h",
    "99999999999999999999, soon",
    "-1, soon",
    "tomorrow, soon"
  })
  void readsWhenToLookAgainHoweverItIsSaid(String header, String told) {
    api.retryAfter(header);
    answers(202, "{\"jobId\":\"cdj-1\",\"status\":\"queued\"}");

    assertThat(run("submit", "c-1").out()).contains(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "3",
        "{\"jobs\":{}}",
        "{\"jobs\":[3],\"conversations\":3,\"jobId\":3,\"status\":3}",
        "{\"jobId\":\"cdj-1\",\"message\":\"m\",\"status\":\"paused\"}",
        "{\"jobId\":\"cdj-1\",\"status\":\"queued\",\"requestType\":\"cId\",\"submittedAt\":\"soon\"}",
        "{\"jobId\":\"cdj-1\"} {}"
      })
  void anAnswerThatCannotBeUnderstoodIsNoFaultOfThisProgram(String body) {
    answers(200, body);

    for (String command : List.of("list", "status cdj-1", "cancel cdj-1")) {
      Outcome outcome = run(command.split(" "));
      assertThat(outcome.code()).as(command).isEqualTo(3);
      assertThat(outcome.err().lines()).hasSize(2);
    }
    if (!body.contains("[]")) {
      assertThat(run("conversations", "cdj-1").code()).isEqualTo(3);
      assertThat(run("change-log").code()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"errors\":3}", "{\"errors\":[3],\"detail\":{}}"})
  void aRefusalThatSaysNothingIsARefusal(String body) {
    answers(403, body);

    assertThat(run("list").code()).isEqualTo(1);
  }

  @Test
  void anAnswerWithoutAJobMayStillHaveMadeOne() {
    answers(202, "{}");

    Outcome outcome = run("submit", "c-1", "--idempotency-key=mine");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains("may have been submitted", "--idempotency-key=mine");
  }

  @Test
  void takesNoClusterOfOptionsAndSaysHowSuchAnIdIsGiven() {
    answers(202, "{\"jobId\":\"cdj-1\",\"status\":\"queued\"}");

    Outcome outcome = run("submit", "-hX1");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("behind --");

    assertThat(run("submit", "--", "-hX1").code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ü", "ö", "a\u0000", "a\nb", " a", ""})
  void refusesAnIdempotencyKeyThatARequestCannotCarry(String key) {
    Outcome outcome = run("submit", "c-1", "--idempotency-key=" + key);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(api.asked()).as("nothing was sent").isEmpty();
  }

  @Test
  void refusesAnArgumentThatTheShellCouldNotPassOn() {
    Outcome outcome = run("register-bot", "--name=B\uFFFD\uFFFDro", "--owner-email=o@example.com");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("LC_ALL");
  }

  @Test
  void saysHowARunIsStartedHereIfItIsToWait() {
    answers(202, COMPLETED);

    assertThat(run("submit", "c-1", "--wait").out()).contains("client/deletions run-off-peak");
  }

  @Test
  void showsTheRangeOfAChannelUsersJobAndWhatLiesBeforeIt() {
    answers(200, COMPLETED);

    assertThat(run("status", "cdj-1").out())
        .contains("2026-05-01T00:00:00Z to 2026-05-08T17:00:00Z", "2 left; name --from for them");
  }

  @Test
  void writesWhatIsNamedIntoThePathAsItIs() {
    answers(200, "{\"conversations\":[]}");

    run("conversations", "../jobs?x", "--limit=5", "--next-token=a+b/c=");

    assertThat(api.asked())
        .startsWith("GET /api/public/bot/st-1/conversations/delete/..%2Fjobs%3Fx/conversations?")
        .contains("limit=5", "nextToken=a%2Bb%2Fc%3D");
  }

  /** An id may begin with {@code @}. */
  @Test
  void takesNoArgumentForAFileOfArguments() throws IOException {
    answers(200, "{\"conversations\":[]}");
    Path file = Files.writeString(folder.resolve("arguments"), "another");

    run("conversations", "@" + file);

    assertThat(api.asked()).contains("/%40").doesNotContain("another");
  }

  @Test
  void saysWhatToDoWhereNothingAnswers() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    describe(free);

    Outcome outcome = run("list");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err().lines()).hasSize(2).last().asString().contains("mvn -Plocal");
    assertThat(run("mails").code()).isEqualTo(3);
  }

  @Test
  void saysWhatToDoWhereWhatAnswersIsNoApi() {
    answers(200, "<html>");

    Outcome outcome = run("list");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains("not with JSON");
  }

  @Test
  void findsTheServiceFromAFolderBelow() throws IOException {
    answers(200, "{\"jobs\":[]}");
    Path below = Files.createDirectories(folder.resolve("docs/images"));

    assertThat(new CommandLine(below, Map.of()).run("list").code()).isZero();
  }

  @Test
  void saysWhatToDoWhereNoServiceIsKnown(@TempDir Path elsewhere) {
    Outcome outcome = new CommandLine(elsewhere, Map.of()).run("list");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains("local.json", "mvn -Plocal", "--stack");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "watch",
        "list --nothing",
        "watch cdj-1 --timeout=soon",
        "list --bot=a#b",
        "list --app-file=none.json",
        "list --local=none.json",
        "list --stack=a --local=local/target/local.json",
        "register-app --algorithm=none",
        "register-app --scope=everything",
        "register-app a#b",
        "register-app --public-key=none.pem",
        "register-app --public-key=pom.xml",
        "register-app --requires-jti --allows-undated-tokens",
        "register-app --bot=st-1,a#b",
        "register-bot --name=Bot",
        "revoke-tokens",
        "revoke-tokens a#b",
        "hold H-1 --conversation=c-1",
        "hold --user=u-1 --reason=why",
        "release",
        "seed --conversations=0",
        "preview --largest=-1"
      })
  void refusesACommandLineThatCannotBeUsedInTwoLines(String line) {
    Outcome outcome = run(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(2);
  }

  @Test
  void registersAClientAppForAHundredBotsAtMost() {
    Stream<String> bots = IntStream.rangeClosed(0, 100).mapToObj(i -> "st-" + i);

    Outcome outcome = run("register-app", "--bot=" + bots.collect(Collectors.joining(",")));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("100 bots");
  }

  @Test
  void showsAStackTraceOnlyToThoseWhoAskForIt() {
    answers(404, "{\"title\":\"Not Found\",\"detail\":\"Detail.\"}");

    assertThat(run("status", "cdj-1").err()).doesNotContain("\tat ");
    assertThat(run("status", "cdj-1", "--verbose").err()).contains("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"frobnicate", "frobnicate --json", "Submit c-1"})
  void namesTheCommandsWhereThereIsNoSuchOne(String line) {
    Outcome outcome = run(line.split(" "));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .containsExactly(
            "deletions: There is no command " + line.split(" ")[0],
            "The commands are register-bot, register-app, revoke-tokens, seed, preview, submit,"
                + " status, watch, list, cancel, conversations, hold, release, holds, change-log,"
                + " run-off-peak, redrive, check-table, token, mails, completion, help.");
  }

  @Test
  void helpsAsItIsAskedTo() {
    assertThat(run("help")).isEqualTo(run("--help"));
    assertThat(run("help", "submit")).isEqualTo(run("submit", "--help"));
    assertThat(run("help", "frobnicate").code()).isEqualTo(2);
  }

  @Test
  void explainsEveryCommand() {
    String help = run("--help").out();

    assertThat(help).contains("Exit status", "70", "NO_COLOR").doesNotContain("\u001b");
    assertThat(help.lines().filter(line -> line.matches("  [a-z-]{4,}  .*")))
        .hasSize(22)
        .allSatisfy(
            line -> {
              String command = line.strip().split(" ")[0];
              assertThat(run(command, "--help").out()).startsWith("Usage: deletions " + command);
            });
  }
}
