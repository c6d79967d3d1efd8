package conversations.deletion.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.command.CommandLine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds that are placed, shown and released, and what other commands tell of them. */
class HoldsTest {

  private static final Instant NOW = Instant.parse("2026-05-08T17:00:00Z");
  private static final String PLACE = "PUT holds/case-17";
  private static final String SHOW = "GET holds/case-17";
  private static final String RELEASE = "DELETE holds/case-17";

  private static final String ON_HOLD =
      """
      {"jobId":"cdj-1","status":"on_hold","requestType":"conversationIds",
       "submittedAt":"2026-05-08T17:00:00.000Z","scheduledAt":"2026-05-09T00:00:00.000Z",
       "startedAt":"2026-05-09T00:00:02.000Z",
       "result":{"totalConversations":4,"processedCount":3,"deletedConversations":3,
                 "failedCount":0,"skippedCount":0,"deletedCount":30,"heldCount":1,
                 "retriesRemaining":3}}
      """;

  @TempDir private Path folder;

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
    api.answers(PLACE, 201, Holds.listed(Holds.OF_CONVERSATIONS));
    api.answers(SHOW, 200, Holds.OF_CONVERSATIONS);
    api.answers(RELEASE, 200, Holds.released(Holds.OF_CONVERSATIONS));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private CommandLine commandLine() {
    return new CommandLine(folder, Map.of()).at(NOW);
  }

  private Outcome run(String... arguments) {
    return commandLine().run(arguments);
  }

  @Test
  void asksForWhatThePersonNamesAndTellsFromWhenOnItHolds() {
    Outcome outcome =
        run("hold", "case-17", "--conversation", "c-1", "c-2", "c-3", "--reason", "An inquiry");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().lines())
        .containsExactly(
            "The hold case-17 keeps 3 conversations. No delete starts from"
                + " 2026-05-08T17:00:30Z on.",
            "To see which jobs wait for it: deletions holds case-17");
    assertThat(api.requests(PLACE))
        .extracting(StubApi.Request::body)
        .containsExactly(
            "{\"conversationIds\":[\"c-1\",\"c-2\",\"c-3\"],\"reason\":\"An inquiry\"}");
  }

  @Test
  void leavesTheFaultsOfARequestToTheService() {
    run(
        "hold",
        "case-17",
        "--user=u-1",
        "--conversation=c-1",
        "--reason=B\u00fcro",
        "--confidential",
        "--review-at=2160h");

    assertThat(api.sent())
        .isEqualTo(
            "{\"conversationIds\":[\"c-1\"],\"cId\":\"u-1\",\"reason\":\"B\u00fcro\","
                + "\"reviewAt\":\"2026-08-06T17:00:00Z\",\"confidential\":true}");
  }

  @Test
  void warnsOfRecordsThatExpireUnderTheHold() {
    api.answers(
        PLACE,
        201,
        Holds.OF_USER.replace(
            "\"reason\"", "\"earliestExpiresAt\":\"2026-06-01T00:00:00.000Z\",\"reason\""));

    assertThat(run("hold", "case-17", "--user=u-1", "--reason=why").out())
        .contains("does not stop records from expiring", "at 2026-06-01T00:00:00Z");
  }

  @Test
  void saysHowARequestIsRepeatedThatMayHaveArrived() {
    api.close();

    Outcome outcome = run("hold", "case-17", "--user=u-1", "--reason=why", "--review-at=2160h");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err())
        .contains("Nothing is promised yet", "with --review-at=2026-08-06T17:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "409, hold_exists, Give another id",
    "409, hold_released, Give another id",
    "403, scope_missing, --scope=hold-conversations",
    "404, not_found, deletions holds"
  })
  void saysWhatToDoWhereAHoldIsRefused(int status, String code, String remedy) {
    api.answers(PLACE, status, Previews.problem(status, code));

    Outcome outcome = run("hold", "case-17", "--user=u-1", "--reason=why");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("[" + code + "]", remedy);
  }

  @Test
  void listsWhatIsHeldSinceWhenAndWhoWaits() {
    api.answers(
        "GET holds",
        200,
        "{\"holds\":[%s,%s],\"nextToken\":\"more\"}"
            .formatted(Holds.released(Holds.OF_CONVERSATIONS), Holds.OF_USER));

    assertThat(Previews.columns(run("holds").out()))
        .containsExactly(
            "HOLD | WHAT | SINCE | REVIEW | RELEASED | WAITING JOBS | NOTE",
            "case-17 | 3 conversations | 2026-05-08T17:00:30Z | 2026-08-06T17:00:00Z |"
                + " 2026-05-11T09:00:00Z | 2",
            "case-18 | the channel user u-1 | 2026-05-08T18:00:30Z | 0 | confidential",
            "There are more: give --all, or --next-token=more");
  }

  @Test
  void leavesOutColumnsThatSayNothing() {
    api.answers("GET holds", 200, "{\"holds\":[" + Holds.listed(Holds.OF_CONVERSATIONS) + "]}");
    assertThat(Previews.columns(run("holds").out()))
        .first()
        .isEqualTo("HOLD | WHAT | SINCE | REVIEW");

    api.answers("GET holds", 200, "{\"holds\":[]}");
    assertThat(run("holds").out().lines()).containsExactly("No holds.");
  }

  @Test
  void showsAHoldWithTheJobsThatWaitForItSinceWhen() {
    assertThat(run("holds", "case-17").out().lines())
        .containsExactly(
            "Hold           case-17",
            "Conversation   c-1",
            "Conversation   c-2",
            "Conversation   c-3",
            "Reason         An inquiry of May",
            "Since          2026-05-08T17:00:30Z",
            "Review         2026-08-06T17:00:00Z",
            "",
            "WAITING JOB  SINCE",
            "cdj-1        2026-05-09T00:00:04Z",
            "cdj-2        2026-05-10T00:00:04Z");

    api.answers(SHOW, 200, Holds.released(Holds.OF_USER));
    assertThat(run("holds", "case-17").out())
        .contains(
            "Channel user   u-1",
            "Confidential   ",
            "Released       2026-05-11T09:00:00Z",
            "Holds until    2026-05-12T00:00:00Z",
            "No job waits for it.");
  }

  @Test
  void saysSoWhereThePlacingOfAHoldWasCutShort() {
    String begun = Holds.OF_USER.replaceAll("\\s*\"heldFrom\":\"[^\"]*\",", "");
    api.answers(SHOW, 200, begun);

    assertThat(run("holds", "case-17").out()).contains("Since          not yet: place it again");
  }

  @Test
  void writesTheIdOfAHoldIntoThePathAsItIs() {
    run("holds", "../x?y");

    assertThat(api.asked()).isEqualTo("GET /api/public/bot/st-1/conversations/holds/..%2Fx%3Fy");
  }

  @Test
  void releasesAHoldOnceThePersonAgrees() {
    Outcome outcome = commandLine().withPerson("y").run("release", "case-17");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().lines())
        .containsExactly(
            "The hold case-17, which keeps 3 conversations, is to be released. 2 jobs wait for it."
                + " What it kept can be deleted then.",
            "Go on? [y/N]",
            "The hold case-17 is released.",
            "It holds until the next off-peak window opens, at 2026-05-12T00:00:00Z."
                + " Jobs that wait for no other go on then.");
  }

  @Test
  void releasesNothingUnlessThePersonAgrees() {
    Outcome outcome = commandLine().withPerson("n").run("release", "case-17");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("Nothing was released");
    assertThat(api.requests(RELEASE)).isEmpty();
  }

  @Test
  void asksNothingWithYesNorWhereNobodyIsAtATerminal() {
    assertThat(commandLine().withPerson("n").run("release", "case-17", "--yes").code()).isZero();
    assertThat(run("release", "case-17").code()).isZero();

    assertThat(api.requests(RELEASE)).hasSize(2);
    assertThat(api.requests(SHOW)).isEmpty();
  }

  @Test
  void passesAnswersOnAsTheyCameWhereJsonIsWanted() {
    api.answers(PLACE, 201, "{\"holdId\":\"case-17\"}");
    api.answers(SHOW, 200, "{\"holdId\":\"case-17\"}");
    api.answers(RELEASE, 200, "{\"holdId\":\"case-17\"}");

    for (String line :
        new String[] {
          "hold case-17 --user=u-1 --reason=why --json",
          "holds case-17 --json",
          "release case-17 --json"
        }) {
      assertThat(run(line.split(" ")))
          .as(line)
          .isEqualTo(new Outcome(0, "{\"holdId\":\"case-17\"}" + System.lineSeparator(), ""));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "[]",
        "{\"holdId\":\"case-17\",\"reason\":\"why\"}",
        "{\"holdId\":\"case-17\",\"reason\":\"why\",\"cId\":\"u-1\",\"heldFrom\":\"soon\"}",
        "{\"holdId\":\"case-17\",\"reason\":\"why\",\"cId\":\"u-1\",\"waitingJobs\":{}}"
      })
  void anAnswerThatCannotBeUnderstoodIsNoFaultOfThisProgram(String body) {
    api.answers(SHOW, 200, body);

    Outcome outcome = run("holds", "case-17");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err().lines()).hasSize(2);
  }

  @Test
  void aJobThatWaitsForAHoldTellsWhatIsHeld() {
    api.answers("GET delete/cdj-1", 200, ON_HOLD);
    api.answers("GET delete", 200, "{\"jobs\":[" + ON_HOLD + "]}");

    assertThat(run("status", "cdj-1").out())
        .contains(
            "Status         on hold",
            "Conversations  3 of 4 done: 3 deleted, 0 failed, 0 not there, 1 held",
            "Held           1, until a window after their release");
    Outcome watched = run("watch", "cdj-1");
    assertThat(watched.code()).isEqualTo(6);
    assertThat(watched.out()).startsWith("on hold, 3 of 4 done");
    assertThat(Previews.columns(run("list", "--status=on_hold").out()))
        .containsExactly(
            "JOB | STATUS | SUBMITTED | CONVERSATIONS | RECORDS DELETED | HELD | REFERENCE",
            "cdj-1 | on_hold | 2026-05-08T17:00:00Z | 3 of 4 | 30 | 1");
    assertThat(api.asked()).endsWith("?status=on_hold");
  }

  @Test
  void theOutcomeOfAHeldConversationNamesTheHoldAsTheReason() {
    api.answers(
        "GET delete/cdj-1/conversations",
        200,
        "{\"conversations\":[{\"conversationId\":\"c-1\",\"outcome\":\"pending\","
            + "\"recordsDeleted\":0,\"attachmentsDeleted\":0,\"reason\":\"held\"}]}");

    assertThat(Previews.columns(run("conversations", "cdj-1").out()))
        .last()
        .isEqualTo("c-1 | pending | 0 | held");
  }

  @Test
  void aPreviewTellsWhatIsHeld() {
    api.answers("POST deletion-previews", 202, Previews.ACCEPTED);
    api.answers(
        "GET deletion-previews/cdp-1",
        200,
        Previews.COMPLETED.replace("\"open\"", "\"held\":2,\"open\""));
    api.answers(
        "GET deletion-previews/cdp-1/conversations",
        200,
        "{\"conversations\":[{\"conversationId\":\"c-1\",\"records\":3,\"attachments\":0,"
            + "\"bytes\":9,\"held\":true,\"open\":true}]}");

    Outcome outcome = commandLine().waitingBy(_ -> {}).run("preview", "--user=u-1");

    assertThat(outcome.out()).contains("  held         2: a job waits until");
    assertThat(Previews.columns(run("conversations", "cdp-1").out()))
        .last()
        .isEqualTo("c-1 | unknown | 3 | 9 B | held");
  }
}
