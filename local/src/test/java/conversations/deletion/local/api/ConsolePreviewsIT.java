package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.local.DocsPage;
import conversations.deletion.local.browser.Browser;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a person sees of previews in the console, and the form that shows one before its job. */
class ConsolePreviewsIT {

  private static final Instant YESTERDAY = Instant.now().minus(1, ChronoUnit.DAYS);
  private static final String ASK = "#ask [type=submit]";
  private static final String DELETE = "#delete-shown";

  private static Service service;

  @AutoClose private final Browser browser = Browser.startOrSkip();

  private final String user = "u-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    service = Service.start();
    service
        .aws
        .docsPage()
        .fillWith(
            new DocsPage.Sample(
                service.app.token(Duration.ofMinutes(30)),
                service.bot,
                service.user,
                LocalDate.now(ZoneOffset.UTC),
                List.of("c-1", "c-2"),
                Optional.empty()));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void letsAJobBeSubmittedOnlyOnceItsPreviewIsShownAndDeletesWhatWasShown() throws IOException {
    service.seed(service.bot, user, 3, 20, YESTERDAY);
    open("previews");

    assertThat(browser.count(DELETE + ":enabled")).isZero();
    assertThat(browser.evaluate("document.querySelector('#shown').hidden")).isEqualTo(true);
    browser.type("#ask [name=cId]", user);
    browser.click(ASK);
    browser.waitFor("#asked", "Shown: 3 conversations, 60 records");
    browser.find("#asked-chart .canvas g rect");
    browser.waitFor("#asked-preview", "AWS charges, estimated");
    String preview = browser.find("#asked-preview code").getText();
    List<String> later = service.seed(service.bot, user, 1, 20, YESTERDAY);
    browser.screenshot(Path.of("target", "console", "form.png"));
    browser.type("#submission [name=reference]", "REQ-4711");
    browser.waitFor(DELETE, "Delete 3 conversations");
    browser.click(DELETE + ":enabled");
    browser.waitFor("#submitted", "cdj-");
    String job = browser.find("#submitted a").getText();
    assertThat(browser.count(DELETE + ":enabled")).isZero();
    service.runOffPeak();

    JsonNode ended = service.job(job).body();
    assertThat(ended.path("previewId").asText()).isEqualTo(preview);
    assertThat(ended.path("reference").asText()).isEqualTo("REQ-4711");
    assertThat(ended.at("/result/deletedConversations").asInt()).isEqualTo(3);
    assertThat(service.census().conversations()).containsKey(service.bot + "#" + later.getFirst());
    browser.click("#submitted a");
    browser.waitFor("#job", "conversations that the preview " + preview + " lists");
    browser.click("#job a[href^='#preview/']");
    browser.waitFor("#previewed-found", "3 conversations");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void takesBackWhatItShowedOnceTheRequestChanges() {
    service.seed(service.bot, user, 2, 12, YESTERDAY);
    open("previews");
    browser.type("#ask [name=cId]", user);
    browser.click(ASK);
    browser.find(DELETE + ":enabled");

    browser.type("#ask [name=cId]", service.user);

    browser.waitFor("#asked", "The request has changed");
    assertThat(browser.count(DELETE + ":enabled")).isZero();
    assertThat(browser.evaluate("document.querySelector('#shown').hidden")).isEqualTo(true);
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void asksForConversationsThatAreListedAndTellsWhatIsNotThere() {
    List<String> seeded = service.seed(service.bot, user, 2, 12, YESTERDAY);
    open("previews");

    browser.click("#ask [value=conversationIds]");
    browser.type("#ask textarea", seeded.getFirst() + "\n" + seeded.getLast() + " unknown");
    browser.click(ASK);

    browser.waitFor("#asked", "Shown: 2 conversations, 24 records");
    browser.waitFor("#asked-preview", "1 asked for and not there");
    browser.find(DELETE + ":enabled");
    browser.type("#ask textarea", "unknown");
    browser.click(ASK);
    browser.waitFor("#asked", "There is nothing to delete.");
    assertThat(browser.count(DELETE + ":enabled")).isZero();
    browser.type("#ask textarea", "a/b");
    browser.click(ASK);
    browser.waitFor("#asked", "Not shown: ");
    assertThat(browser.count(DELETE + ":enabled")).isZero();
  }

  @Test
  void tellsAJobToDeleteNothingBeforeAMoment() {
    service.seed(service.bot, user, 1, 12, YESTERDAY);
    String tomorrow =
        Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MINUTES).toString();
    open("previews");
    browser.type("#ask [name=cId]", user);
    browser.click(ASK);
    browser.find(DELETE + ":enabled");

    browser.evaluate(
        "document.querySelector('#submission [name=notBefore]').value = '%s'"
            .formatted(tomorrow.substring(0, 16)));
    browser.click(DELETE);
    browser.waitFor("#submitted", "cdj-");

    String job = browser.find("#submitted a").getText();
    assertThat(Instant.parse(service.job(job).body().path("notBefore").asText()))
        .isEqualTo(Instant.parse(tomorrow));
    browser.click("#submitted a");
    browser.waitFor("#job", "until then it can be cancelled whole");
    browser.click("#job summary");
    browser.waitFor("#job dl", "nothing is deleted before");
  }

  @Test
  void drawsWhenConversationsBeganAndMarksWhatIsOpenOrFailing() throws IOException {
    service.seed(service.bot, user, 4, 12, YESTERDAY.minus(3, ChronoUnit.DAYS));
    service.seed(service.bot, user, 1, 12, Instant.now().minusSeconds(60));
    String ambiguous = service.seed(service.bot, user, 1, 12, YESTERDAY).getFirst();
    addHeaderOfAnotherUser(ambiguous);
    String preview = service.completedPreview("{\"cId\":\"%s\"}".formatted(user));

    open("preview/%s/%s".formatted(service.bot, preview));

    browser.find("#preview-chart svg[role=img]");
    assertThat(browser.find("#preview-chart svg").getDomAttribute("aria-label"))
        .contains("6 conversations, 1 open, 1 failing");
    assertThat(browser.count("#preview-chart .canvas rect[fill^='url(#open']")).isEqualTo(1);
    assertThat(browser.count("#preview-chart .canvas rect[fill^='url(#failing']")).isEqualTo(1);
    browser.waitFor("#preview-chart .legend", "open: a job waits until it is idle");
    browser.click("#preview-chart summary");
    browser.waitFor("#preview-chart caption", "Conversations by when they began");
    browser.waitFor("#previewed-found", "6 conversations");
    browser.waitFor("#previewed .item[data-key='" + ambiguous + "'] summary", "user ambiguous");
    browser.find("#previewed .pill.still_open");
    browser.waitFor("#preview", "1 open: a job waits until nobody uses them any more");
    browser.waitFor("#preview", "expires ");
    browser.screenshot(Path.of("target", "console", "preview.png"));
    assertThat(browser.errors()).isEmpty();
  }

  private void addHeaderOfAnotherUser(String conversation) {
    Map<String, AttributeValue> header = new HashMap<>();
    Map.of(
            "conversationKey",
            service.bot + "#" + conversation,
            "recordKey",
            "SESSION#2",
            "botId",
            service.bot,
            "conversationId",
            conversation,
            "recordType",
            "SESSION",
            "cId",
            "u-another",
            "channelUserKey",
            service.bot + "#u-another",
            "createdAt",
            YESTERDAY.truncatedTo(ChronoUnit.MILLIS).toString(),
            "startedAt",
            YESTERDAY.truncatedTo(ChronoUnit.MILLIS).toString())
        .forEach((name, value) -> header.put(name, AttributeValue.fromS(value)));
    service.put("ConversationRecordsTable", header);
  }

  private void open(String view) {
    browser.resize(1280, 1200);
    browser.open(service.aws.baseUrl() + "/_local/#" + view);
    browser.find("#connection.on");
  }
}
