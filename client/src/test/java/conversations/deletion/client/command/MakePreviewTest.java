package conversations.deletion.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.command.CommandLine.Outcome;
import conversations.deletion.client.view.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MakePreviewTest {

  private static final String POST = "POST deletion-previews";
  private static final String GET = "GET deletion-previews/cdp-1";
  private static final String LIST = "GET deletion-previews/cdp-1/conversations";
  private static final Terminal TERMINAL = new Terminal(true, false, 120);

  @TempDir private Path folder;

  private final List<Duration> pauses = new ArrayList<>();
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
    api.answers(POST, 202, Previews.ACCEPTED, "2");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private CommandLine commandLine() {
    return new CommandLine(folder, Map.of()).waitingBy(pauses::add);
  }

  private Outcome run(String... arguments) {
    return commandLine().run(arguments);
  }

  /** The preview is completed, after it looked so. */
  private void completed(String... looks) {
    List<String> all = new ArrayList<>(List.of(looks));
    all.add(Previews.COMPLETED);
    api.answers(GET, 200, all.removeFirst());
    all.forEach(look -> api.then(GET, 200, look));
    api.answers(LIST, 200, Previews.page(IntStream.rangeClosed(990, 1000), ""));
  }

  @Test
  void showsTotalsTheEstimateTheLargestAndHowToGoOn() {
    completed();

    Outcome outcome = run("preview", "--user=u-1");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines())
        .containsExactly(
            "Preview cdp-1 is queued. Nothing is deleted by it.",
            "completed, 11 conversations, 713 records, 24 attachments counted",
            "Preview        cdp-1",
            "Status         completed",
            "Asked for      a channel user",
            "Begun          2026-05-01T00:00:00Z to 2026-05-08T17:00:00Z",
            "Conversations  11",
            "  still open   1: a job waits until they are idle",
            "  would fail   2: a job can't delete them as they are",
            "  begun before 3 left out: name --from for them",
            "First begun    2026-05-01T08:00:00Z",
            "Last begun     2026-05-04T19:12:40.100Z",
            "Records        713",
            "  retained     40 beside them",
            "Attachments    24",
            "Size           about 1.8 MB",
            "Estimate       1713 to 2140 write units",
            "               12 to 24 listings",
            "               0.0011 to 0.0014 US dollars",
            "               about 3 s, in 1 window",
            "Expires        2026-05-09T17:00:04Z",
            "",
            "The 10 largest of 11 conversations:",
            "CONVERSATION  BEGUN                 RECORDS  SIZE",
            "c-1000        2026-05-01T08:00:00Z  3        1.0 kB",
            "c-999         2026-05-01T08:00:00Z  3        999 B",
            "c-998         2026-05-01T08:00:00Z  3        998 B",
            "c-997         2026-05-01T08:00:00Z  3        997 B",
            "c-996         2026-05-01T08:00:00Z  3        996 B",
            "c-995         2026-05-01T08:00:00Z  3        995 B",
            "c-994         2026-05-01T08:00:00Z  3        994 B",
            "c-993         2026-05-01T08:00:00Z  3        993 B",
            "c-992         2026-05-01T08:00:00Z  3        992 B",
            "c-991         2026-05-01T08:00:00Z  3        991 B",
            "",
            "To list all of them: deletions conversations cdp-1",
            "Nothing is deleted yet. To delete this and nothing else, of the same service and bot:",
            "deletions submit --preview=cdp-1");
  }

  @Test
  void asksForWhatAJobWouldBeAskedFor() {
    completed();

    run("preview", "--user=u-1", "--from=2026-05-01", "--to=2026-05-04", "--idempotency-key=mine");
    run("preview", "c-1", "c-2");

    assertThat(api.requests(POST))
        .extracting(StubApi.Request::body)
        .containsExactly(
            "{\"cId\":\"u-1\",\"startDate\":\"2026-05-01\",\"endDate\":\"2026-05-04\"}",
            "{\"conversationIds\":[\"c-1\",\"c-2\"]}");
    assertThat(api.requests(POST).getFirst().key()).contains("mine");
    assertThat(api.requests()).as("nothing else").allMatch(it -> !it.line().contains("/delete"));
  }

  @Test
  void looksUntilItIsCompletedAndNoSoonerThanTheServiceAsks() {
    completed(
        Previews.counted("queued", 0),
        Previews.counted("in_progress", 0),
        Previews.counted("in_progress", 1200));

    Outcome outcome = run("preview", "--user=u-1", "--every=10s");

    assertThat(outcome.out().lines().skip(1).limit(4))
        .containsExactly(
            "queued, waits to be counted",
            "in progress, 0 conversations, 0 records counted",
            "in progress, 1200 conversations, 12000 records counted",
            "completed, 11 conversations, 713 records, 24 attachments counted");
    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
  }

  @Test
  void drawsABarOfConversationsThatWereNamed() {
    completed(Previews.counted("in_progress", 1));

    String out = commandLine().on(TERMINAL).run("preview", "c-1", "c-2", "c-1", "c-2").out();

    assertThat(out).contains("[############------------]  50 %  1 of 2 conversations, 10 records");
  }

  @Test
  void drawsNoPartOfAWholeThatNobodyKnows() {
    completed(Previews.counted("in_progress", 1200));

    String out = commandLine().on(TERMINAL).run("preview", "--user=u-1").out();

    assertThat(out)
        .containsPattern("\\[-*###-*]  1200 conversations, 12000 records so far, ")
        .doesNotContain(" of 1200");
  }

  @Test
  void findsTheLargestOnAllPages() {
    api.answers(GET, 200, Previews.COMPLETED.replace(":11,", ":250,"));
    api.answers(LIST, 200, Previews.page(IntStream.range(100, 200), "t 1"));
    api.then(LIST, 200, Previews.page(IntStream.rangeClosed(301, 400), "t 2"));
    api.then(LIST, 200, Previews.page(IntStream.range(250, 300), ""));

    String out = run("preview", "--user=u-1").out();

    assertThat(out.lines().filter(line -> line.startsWith("c-")))
        .extracting(line -> line.split(" ")[0])
        .containsExactlyElementsOf(
            IntStream.rangeClosed(391, 400).mapToObj(i -> "c-" + (791 - i)).toList());
    assertThat(api.requests(LIST))
        .extracting(request -> request.line().replaceAll(".*\\?", ""))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("limit=100"),
            second -> assertThat(second).contains("limit=100", "nextToken=t%201"),
            third -> assertThat(third).contains("limit=100", "nextToken=t%202"));
  }

  @Test
  void drawsABarWhileALongListIsRead() {
    api.answers(GET, 200, Previews.COMPLETED);
    api.answers(LIST, 200, Previews.page(IntStream.range(0, 5), "t"));
    api.then(LIST, 200, Previews.page(IntStream.range(5, 11), ""));

    assertThat(commandLine().on(TERMINAL).run("preview", "--user=u-1").out())
        .contains(" 45 %  5 of 11 conversations listed", "100 %  11 of 11 conversations listed");
  }

  @Test
  void drawsNoBarOfAListOfOnePage() {
    completed();

    assertThat(commandLine().on(TERMINAL).run("preview", "--user=u-1").out())
        .doesNotContain("listed");
  }

  @Test
  void waitsWhereTheBudgetOfRequestsIsSpent() {
    api.answers(GET, 200, Previews.COMPLETED);
    api.answers(LIST, 429, Previews.problem(429, "too_many_requests"), "17");
    api.then(LIST, 200, Previews.page(IntStream.range(0, 11), ""));

    assertThat(run("preview", "--user=u-1").code()).isZero();

    assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(17));
  }

  @Test
  void readsNoListWhereNoneIsWanted() {
    completed();

    Outcome outcome = run("preview", "--user=u-1", "--largest=0");

    assertThat(outcome.out()).contains("Size ", "submit --preview=cdp-1").doesNotContain("c-1000");
    assertThat(api.requests(LIST)).isEmpty();
  }

  @Test
  void aPreviewOfNothingLeadsNowhere() {
    api.answers(GET, 200, Previews.counted("completed", 0));

    Outcome outcome = run("preview", "c-1");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("Conversations  0", "A job would find nothing to delete.")
        .doesNotContain("submit");
    assertThat(api.requests(LIST)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "store_unfit, the records table or the bucket is not as the service needs it, check-table",
    "unavailable, for an hour the records or attachments could not be read, later",
    "no_progress, 'it was tried several times, and each time something went wrong', logs",
    "of_a_later_version, of_a_later_version, operates"
  })
  void saysInWordsWhyItFailed(String reason, String words, String remedy) {
    api.answers(GET, 200, Previews.failed(reason));

    Outcome outcome = run("preview", "--user=u-1");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .satisfiesExactly(
            wrong ->
                assertThat(wrong).isEqualTo("deletions: The preview cdp-1 has failed: " + words),
            what -> assertThat(what).contains(remedy));
    assertThat(api.requests(LIST)).isEmpty();
  }

  @Test
  void passesThePreviewOnAsItCameWhereJsonIsWanted() {
    completed();

    Outcome outcome = run("preview", "--user=u-1", "--json");

    assertThat(outcome.out()).isEqualToIgnoringNewLines(Previews.COMPLETED);
    assertThat(outcome.err()).contains("cdp-1 is queued");
    assertThat(api.requests(LIST)).isEmpty();
  }

  @Test
  void passesAFailedPreviewOnAsItCameToo() {
    api.answers(GET, 200, Previews.failed("store_unfit"));

    Outcome outcome = run("preview", "--user=u-1", "--json");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEqualToIgnoringNewLines(Previews.failed("store_unfit"));
  }

  @Test
  void saysHowToGoOnWithAPreviewThatHadNotEndedInTime() {
    api.answers(GET, 200, Previews.counted("in_progress", 7));
    Instant[] now = {Instant.parse("2026-05-08T17:00:00Z")};

    Outcome outcome =
        new CommandLine(
                folder,
                Map.of(),
                Terminal.none(),
                Optional.empty(),
                () -> now[0],
                pause -> now[0] = now[0].plus(pause))
            .run("preview", "--user=u-1", "--timeout=20s", "--idempotency-key=mine");

    assertThat(outcome.code()).isEqualTo(6);
    assertThat(outcome.err()).contains("cdp-1 had not ended", "--idempotency-key=mine");
  }

  @Test
  void saysHowARequestCanBeRepeatedThatMayHaveArrived() {
    api.close();

    Outcome outcome = run("preview", "--user=u-1", "--idempotency-key=mine");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains("Nothing was deleted", "--idempotency-key=mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"previewId\":\"cdp-1\",\"status\":\"completed\",\"requestType\":\"cId\"}",
        "cancelled",
        "partially_completed",
        "estimated"
      })
  void anAnswerThatCannotBeUnderstoodIsNoFaultOfThisProgram(String answer) {
    api.answers(GET, 200, answer.startsWith("{") ? answer : Previews.counted(answer, 1));

    Outcome outcome = run("preview", "--user=u-1");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err().lines()).hasSize(2);
  }

  @Test
  void aListThatCannotBeUnderstoodIsNoFaultOfThisProgram() {
    completed();
    api.answers(LIST, 200, "{\"conversations\":[{\"conversationId\":\"c-1\"}]}");

    assertThat(run("preview", "--user=u-1").code()).isEqualTo(3);
    assertThat(run("conversations", "cdp-1").code()).isEqualTo(3);
  }

  @Test
  void listsWhatAPreviewWouldDelete() {
    String unfit =
        "{\"conversationId\":\"c-2\",\"records\":5,\"attachments\":2,\"bytes\":0,\"open\":true,"
            + "\"reason\":\"start_unreadable\"}";
    String open = unfit.replaceAll(",\"reason.*", "}").replace("c-2", "c-3");
    api.answers(
        LIST, 200, "{\"conversations\":[%s,%s],\"nextToken\":\"t\"}".formatted(unfit, open));

    assertThat(Previews.columns(run("conversations", "cdp-1").out()))
        .containsExactly(
            "CONVERSATION | BEGUN | RECORDS | ATTACHMENTS | SIZE | NOTE",
            "c-2 | unknown | 5 | 2 | 0 B | would fail: start_unreadable",
            "c-3 | unknown | 5 | 2 | 0 B | still open",
            "There are more: give --all, or --next-token=t");
  }
}
