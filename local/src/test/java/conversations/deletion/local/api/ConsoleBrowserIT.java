package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.local.DocsPage;
import conversations.deletion.local.browser.Browser;
import conversations.deletion.local.invoke.FunctionLogs.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a person sees of the console in a browser, and can do with it. It leaves {@code
 * target/local-console.png}; {@code docs/images} has a copy, of a run of {@link
 * #followsAJobFromTheQueueToItsEnd} alone.
 */
class ConsoleBrowserIT {

  private static final Instant YESTERDAY = Instant.now().minus(1, ChronoUnit.DAYS);

  /** If any part of it runs, the page's title changes. */
  private static final String HOSTILE =
      "</pre></script><script>document.title='harmed'</script>"
          + "<img src=x onerror=\"document.title='harmed'\">";

  private static Service service;

  @AutoClose private final Browser browser = Browser.startOrSkip();

  @BeforeAll
  static void start() {
    // A name that fits into the picture.
    String stack = "local-" + UUID.randomUUID().toString().substring(0, 4);
    service = new Service(Service.options().withStackName(stack));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void followsAJobFromTheQueueToItsEnd() throws IOException {
    service.runOffPeak();
    List<String> conversations = service.seed(service.bot, service.user, 5, 20, YESTERDAY);
    String job = submit(Stream.concat(conversations.stream(), Stream.of("unknown")).toList());
    log(job);
    open("overview", 1280, 1000);
    String entry = ".job[data-key='" + service.bot + " " + job + "'] ";

    browser.find(entry + ".pill.queued");
    assertThat(browser.find("#queue").getText()).isEqualTo("1");
    browser.click("#run");
    browser.find(entry + ".pill.completed");
    browser.waitFor("#answer", "records deleted");
    assertThat(browser.find(entry + "time").getText())
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC");
    assertThat(browser.find(entry + "[role=progressbar]").getDomAttribute("aria-valuetext"))
        .isEqualTo("6 of 6 conversations");
    browser.waitFor("#latest", "completed: 5 of 6 conversations deleted (100 records)");
    String waiting = submit(service.seed(service.bot, service.user, 3, 20, YESTERDAY));
    browser.find(".job[data-key='" + service.bot + " " + waiting + "'] .pill.queued");
    browser.screenshot(Path.of("target", "local-console.png"));

    browser.click(entry + "a[href^='#mails/']");
    browser.waitFor("#mail h2", job);
    assertThat(browser.textOfFrame("iframe")).contains("5 of 6 conversations", "100");
    browser.click("input[value=text]");
    browser.waitFor("#mail .plain", job);

    open("tables/ConversationRecordsTable/" + service.bot + "%23" + conversations.getFirst());
    browser.waitFor("#found", "0 items");
    open("overview");
    browser.type("#job-filter [name=text]", job);
    browser.waitFor("#jobs-found", "1 job");
    browser.click(entry + "a[href^='#job/']");
    browser.waitFor("#conversations-found", "6 conversations");
    String last = "#conversations .item[data-key='" + conversations.getLast() + "'] summary";
    browser.find(last + " .pill.deleted");
    browser.waitFor(last, "20 records deleted");
    browser.waitFor("#conversations .item[data-key='unknown'] summary", "not found");

    open("logs/" + job);
    browser.waitFor("#log", "job_ended");
    browser.type("#log-search [name=text]", "no such line");
    browser.waitFor("#log-count", "No line matches");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void cancelsAJobByTheApiAfterAsking() {
    List<String> conversations = service.seed(service.bot, service.user, 1, 20, YESTERDAY);
    String job = submit(conversations);
    open("overview", 1280, 1000);
    String entry = ".job[data-key='" + service.bot + " " + job + "'] ";

    browser.click(entry + ".cancel");
    browser.answer(false);
    assertThat(service.job(job).body().has("cancelRequestedAt")).isFalse();
    browser.click(entry + ".cancel");
    browser.answer(true);
    browser.waitFor(entry, "no sample client app");
    service
        .aws
        .docsPage()
        .fillWith(
            new DocsPage.Sample(
                service.app.token(Duration.ofMinutes(5)),
                service.bot,
                service.user,
                LocalDate.now(ZoneOffset.UTC),
                conversations,
                Optional.empty()));
    browser.click(entry + ".cancel");
    browser.answer(true);

    browser.find(entry + ".pill.cancelled");
    assertThat(service.job(job).body().has("cancelRequestedAt")).isTrue();
  }

  @Test
  void showsOddJobsAndLinesBesideTheOthers() {
    String id = "cdj-odd-" + UUID.randomUUID();
    putJob(id + "-bare", Map.of());
    putJob(
        id + "-typed",
        Map.of(
            "status", AttributeValue.fromS(HOSTILE),
            "submittedAt", AttributeValue.fromS("yesterday"),
            "scheduledAt", AttributeValue.fromS("2026-05-04 at noon"),
            "expiresAt", AttributeValue.fromN("1777887000.5"),
            "totalConversations", AttributeValue.fromN("9007199254740993"),
            "deletedConversations", AttributeValue.fromS("many"),
            "cId", AttributeValue.fromS("a\u202eb אבג")));
    service
        .aws
        .logs()
        .add(
            new Line(
                Instant.parse("2026-05-04T09:30:00.250Z"),
                "OffPeakFunction",
                """
                {"time":"2026-05-04T09:30:00Z","type":"platform.report",\
                "record":{"status":"success","of":"%s"}}"""
                    .formatted(id)));

    open("overview", 1280, 1000);
    browser.type("#job-filter [name=text]", id);
    browser.waitFor("#jobs-found", "2 jobs");

    String typed = ".job[data-key='st-odd " + id + "-typed'] ";
    browser.find(".job[data-key='st-odd " + id + "-bare']");
    browser.waitFor(typed, "bot st-odd: conversations of a\\u{202e}b אבג that began");
    browser.waitFor(typed, "due 2026-05-04 at noon");
    browser.waitFor(typed, "many of 9,007,199,254,740,993 conversations");
    browser.click(typed + "summary");
    browser.waitFor(typed + ".json", "9007199254740993");
    browser.waitFor(typed + "dl", "2026-05-04T09:30:00.500Z");
    open("job/st-odd/" + id + "-bare");
    browser.waitFor("#job", id + "-bare");
    open("logs/" + id);
    browser.waitFor("#log .item summary", "2026-05-04 09:30:00 UTC");
    browser.waitFor("#log .item summary strong", "platform.report");
    browser.waitFor("#log .item summary", "record.status=success");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void seedsConversations() {
    open("overview", 1280, 1000);
    browser.waitFor("#seed select", "Parcel bot");
    browser.type("#seed [name=cId]", "u-seeded");
    browser.type("#seed [name=conversations]", "3");
    browser.click("#seed button");

    browser.waitFor("#seeded", "3 conversations written");
    browser.click("#seeded a");
    browser.waitFor("#found", "20 items");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void tellsAttachmentsAndRetainedRecordsWhereThereAreSome() {
    String id = "cdj-" + UUID.randomUUID();
    Map<String, AttributeValue> job = new HashMap<>();
    job.put("status", AttributeValue.fromS("completed"));
    Map.of("totalConversations", 2, "deletedConversations", 2, "deletedCount", 51)
        .forEach((name, count) -> job.put(name, AttributeValue.fromN(count.toString())));
    Map.of("failedCount", 0, "skippedCount", 0, "deletedAttachments", 24, "retainedCount", 1)
        .forEach((name, count) -> job.put(name, AttributeValue.fromN(count.toString())));
    putJob(id, job);
    service.put(
        "DeletionJobConversationsTable",
        Map.of(
            "jobId",
            AttributeValue.fromS(id),
            "chunk",
            AttributeValue.fromN("1"),
            "conversations",
            AttributeValue.fromL(
                List.of(
                    conversation("c-1", Map.of("records", 31, "attachments", 24, "retained", 1)),
                    conversation("c-2", Map.of("records", 20))))));

    open("job/st-odd/" + id, 1280, 1000);

    browser.waitFor(
        "#job .progress",
        "2 of 2 conversations, 51 records, 24 attachments deleted, 1 record retained");
    browser.waitFor(
        "#conversations .item[data-key='c-1'] summary",
        "31 records, 24 attachments deleted, 1 record retained");
    assertThat(browser.find("#conversations .item[data-key='c-2'] summary").getText())
        .contains("20 records deleted")
        .doesNotContain("attachment", "retained");
    assertThat(browser.errors()).isEmpty();
  }

  private static AttributeValue conversation(String id, Map<String, Integer> counts) {
    Map<String, AttributeValue> entry = new HashMap<>();
    entry.put("id", AttributeValue.fromS(id));
    entry.put("outcome", AttributeValue.fromS("deleted"));
    counts.forEach((name, count) -> entry.put(name, AttributeValue.fromN(count.toString())));
    return AttributeValue.fromM(entry);
  }

  @Test
  void pagesThroughATable() {
    service.seed(service.neighbourBot, "u-many", 2, 30, YESTERDAY);
    open("tables/ConversationRecordsTable", 1280, 1000);

    browser.waitFor("#found", "25 items");
    Object first =
        browser.evaluate("CSS.escape(document.querySelector('#items .item').dataset.key)");
    browser.click("#next:enabled");
    browser.find("#first:enabled");
    browser.waitUntilGone("#items .item[data-key='" + first + "']");
    browser.click("#first");
    browser.find("#items .item[data-key='" + first + "']");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void showsTheWholeOfALargeItemOnceItIsOpened() {
    String text = "x".repeat(300_000) + "the end";
    service.put(
        "ChannelUsersTable",
        Map.of(
            "botId", AttributeValue.fromS("st-large"),
            "cId", AttributeValue.fromS("u-large"),
            "name", AttributeValue.fromS(text)));
    open("tables/ChannelUsersTable/st-large");

    browser.click("#items .item summary");

    browser.waitFor("#items .json", "the end");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void keepsWhatARecordHoldsFromRunning() {
    service.put(
        "ConversationRecordsTable",
        Map.of(
            "conversationKey",
            AttributeValue.fromS(HOSTILE),
            "recordKey",
            AttributeValue.fromS(HOSTILE),
            HOSTILE,
            AttributeValue.fromS(HOSTILE)));
    log(HOSTILE.replace("\"", "\\\""));
    service.sendMail(
        HOSTILE,
        "<p>the mail's own text</p>" + HOSTILE.replace("document.title", "top.document.title"));

    open("tables/ConversationRecordsTable", 1280, 1000);
    browser.type("#search [name=text]", "onerror");
    browser.click("#search button");
    browser.click("#items .item summary");
    browser.waitFor("#items .json", "onerror");
    open("logs");
    browser.click("#log .item summary");
    browser.waitFor("#log .json", "onerror");
    assertThat(browser.errors()).as("nothing was even tried").isEmpty();
    open("mails");
    browser.waitFor("#mail h2", "onerror");
    assertThat(browser.textOfFrame("iframe")).contains("the mail's own text");

    assertThat(browser.evaluate("document.title")).isEqualTo("Conversation deletion: the console");
    assertThat(browser.evaluate("document.querySelectorAll('img, body script').length"))
        .isEqualTo(0L);
  }

  private void open(String view, int width, int height) {
    browser.resize(width, height);
    open(view);
  }

  private void open(String view) {
    browser.open(service.aws.baseUrl() + "/_local/#" + view);
    browser.find("#connection.on");
  }

  private static String submit(List<String> conversations) {
    return service
        .submit("{\"conversationIds\":[\"%s\"]}".formatted(String.join("\",\"", conversations)))
        .body()
        .path("jobId")
        .asText();
  }

  private static void putJob(String jobId, Map<String, AttributeValue> attributes) {
    HashMap<String, AttributeValue> item = new HashMap<>(attributes);
    item.put("botId", AttributeValue.fromS("st-odd"));
    item.put("jobId", AttributeValue.fromS(jobId));
    service.put("DeletionJobsTable", item);
  }

  private static void log(String jobId) {
    service
        .aws
        .logs()
        .add(
            new Line(
                Instant.now(),
                "OffPeakFunction",
                "{\"level\":\"INFO\",\"message\":\"job_ended\",\"jobId\":\"%s\"}"
                    .formatted(jobId)));
  }
}
