package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.local.browser.Browser;
import conversations.deletion.local.invoke.FunctionLogs.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a person sees of the console in a browser, and can do with it. It leaves {@code
 * target/local-console.png}; {@code docs/images} has a copy.
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
    List<String> conversations = service.seed(service.bot, service.user, 5, 20, YESTERDAY);
    String job = submit(Stream.concat(conversations.stream(), Stream.of("unknown")).toList());
    log(job);
    open("overview", 1280, 1000);
    String entry = ".job[data-key='" + job + "'] ";

    browser.find(entry + ".pill.queued");
    assertThat(browser.find("#queue").getText()).isEqualTo("1");
    browser.click("#run");
    browser.find(entry + ".pill.completed");
    browser.waitFor("#answer", "records deleted");
    assertThat(browser.find(entry + "[role=progressbar]").getDomAttribute("aria-valuetext"))
        .isEqualTo("6 of 6 conversations");
    browser.waitFor("#latest", "completed: 5 of 6 conversations deleted (100 records)");
    String waiting = submit(service.seed(service.bot, service.user, 3, 20, YESTERDAY));
    browser.find(".job[data-key='" + waiting + "'] .pill.queued");
    browser.screenshot(Path.of("target", "local-console.png"));

    browser.click(entry + "a[href^='#mails/']");
    browser.waitFor("#mail h2", job);
    assertThat(browser.textOfFrame("iframe")).contains("5 of 6 conversations", "100");
    browser.click("input[value=text]");
    browser.waitFor("#mail .plain", job);

    open("tables/ConversationRecordsTable/" + service.bot + "%23" + conversations.getFirst());
    browser.waitFor("#found", "0 items");
    open("tables/DeletionJobConversationsTable/" + job);
    browser.click("#items .item summary");
    browser.waitFor("#items .json", "\"outcome\": \"deleted\"");

    open("logs/" + job);
    browser.waitFor("#log", "job_ended");
    browser.type("#log-search [name=text]", "no such line");
    browser.waitFor("#log-count", "No line matches");
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
  void keepsWhatARecordHoldsFromRunning() {
    service
        .aws
        .clients()
        .dynamoDb()
        .putItem(
            put ->
                put.tableName(service.aws.tableName("ConversationRecordsTable"))
                    .item(
                        Map.of(
                            "conversationKey",
                            AttributeValue.fromS(HOSTILE),
                            "recordKey",
                            AttributeValue.fromS(HOSTILE),
                            HOSTILE,
                            AttributeValue.fromS(HOSTILE))));
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
