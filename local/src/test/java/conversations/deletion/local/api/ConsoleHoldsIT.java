package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.registration.ClientApp;
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
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a person sees of holds in the console, and the form that places one. */
class ConsoleHoldsIT {

  private static final Instant YESTERDAY = Instant.now().minus(1, ChronoUnit.DAYS);

  /** If any part of it runs, the page's title changes. */
  private static final String HOSTILE = "</p><img src=x onerror=\"document.title='harmed'\">";

  private static Service service;

  @AutoClose private final Browser browser = Browser.startOrSkip();

  private final String holdId = "case-" + UUID.randomUUID().toString().substring(0, 8);
  private final String user = "u-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    service = Service.start();
    ClientApp app = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    service
        .aws
        .registrations()
        .register(
            app,
            "Sample",
            Map.of(service.bot, Set.of("Delete Conversations", "Hold Conversations")));
    service
        .aws
        .docsPage()
        .fillWith(
            new DocsPage.Sample(
                app.token(Duration.ofMinutes(30)),
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
  void placesAHoldShowsWhichJobWaitsForItSinceWhenAndReleasesItAfterAsking() throws IOException {
    List<String> conversations = service.seed(service.bot, user, 2, 20, YESTERDAY);
    String held = conversations.getFirst();
    open("holds");
    browser.click("#hold [value=conversationIds]");
    browser.type("#hold [name=conversationIds]", held);
    place("An inquiry of May");
    browser.waitFor("#placed", "It holds from ");
    browser.find(entry() + ".pill.held");
    browser.waitFor(entry(), "the conversations " + held);
    browser.waitFor(entry(), "An inquiry of May");
    browser.waitFor(entry(), "no job waits for it");

    String job = submit(conversations);
    service.runOffPeak();

    browser.waitFor(entry(), "1 job waits for it:");
    browser.waitFor(entry() + "li", "since ");
    browser.screenshot(Path.of("target", "console", "holds.png"));
    browser.click(entry() + "a[href^='#job/']");
    browser.find("#job .pill.on_hold");
    browser.waitFor("#job", "waits for the release of " + holdId);
    browser.waitFor("#job .progress", "1 of 2 conversations, 20 records deleted, 1 held");
    assertThat(browser.find("#job [role=progressbar]").getDomAttribute("aria-valuetext"))
        .isEqualTo("1 of 2 conversations, 1 held");
    browser.find("#job .bar .held");
    browser.waitFor("#conversations .item[data-key='" + held + "'] summary", "pending");
    browser.waitFor("#conversations .item[data-key='" + held + "'] summary", "held");
    assertThat(browser.accessibilityFaults()).isEmpty();

    browser.click("#job a[href='#holds']");
    browser.click(entry() + ".cancel");
    browser.answer(false);
    browser.find(entry() + ".pill.held");
    browser.click(entry() + ".cancel");
    browser.answer(true);
    browser.find(entry() + ".pill.released");
    browser.waitFor(entry(), "it holds until ");
    browser.waitFor("#holds-found", "released");
    assertThat(browser.count(entry() + ".cancel")).isZero();
    assertThat(service.job(job).body().path("status").asText()).isEqualTo("on_hold");
    assertThat(service.census().conversations()).containsKey(service.bot + "#" + held);
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void placesAConfidentialHoldOnAChannelUserWithAMomentOfReview() {
    service.seed(service.bot, user, 1, 20, YESTERDAY);
    open("holds");
    browser.type("#hold [name=cId]", user);
    browser.evaluate("document.querySelector('#hold [name=reviewAt]').value = '2099-05-04T09:30'");
    browser.click("#hold [name=confidential]");
    place("A complaint");

    browser.waitFor("#placed", "It holds from ");
    browser.find(entry() + ".pill.confidential");
    browser.waitFor(entry(), "all conversations of " + user + ", those to come too");
    browser.waitFor(entry(), "to be reviewed at 2099-05-04 09:30:00 UTC");
    String job = service.submit("{\"cId\":\"%s\"}".formatted(user)).body().path("jobId").asText();
    service.runOffPeak();
    browser.waitFor(entry(), "1 job waits for it:");
    open("job/%s/%s".formatted(service.bot, job));
    browser.find("#job .pill.queued");
    browser.waitFor("#job .when", "on hold since ");
    browser.waitFor("#job .progress", "1 held in confidence");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void tellsInAPreviewWhatIsHeldAndDrawsItApart() {
    List<String> conversations = service.seed(service.bot, user, 3, 20, YESTERDAY);
    open("holds");
    browser.click("#hold [value=conversationIds]");
    browser.type("#hold [name=conversationIds]", conversations.getFirst());
    place("An inquiry of May");
    browser.waitFor("#placed", "It holds from ");

    String preview = service.completedPreview("{\"cId\":\"%s\"}".formatted(user));
    open("preview/%s/%s".formatted(service.bot, preview));

    browser.waitFor("#preview", "1 held: a job waits until a window after their release");
    browser.find("#previewed .item[data-key='" + conversations.getFirst() + "'] .pill.held");
    browser.find("#preview-chart svg[role=img]");
    assertThat(browser.find("#preview-chart svg").getDomAttribute("aria-label"))
        .contains("3 conversations, 1 held");
    assertThat(browser.count("#preview-chart .canvas rect[fill^='url(#held']")).isEqualTo(1);
    browser.waitFor("#preview-chart .legend", "held: a job waits");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void saysWhyAHoldIsNotPlaced() {
    open("holds");
    browser.type("#hold [name=cId]", "u 1");
    place("A complaint");

    browser.waitFor("#placed", "Not placed: ");
    assertThat(browser.count(entry())).isZero();
  }

  @Test
  void showsOddHoldsAsTheyAreAndRunsNothingOfThem() {
    service.put(
        "HoldsTable",
        Map.of(
            "holdKey", AttributeValue.fromS(service.bot),
            "itemKey", AttributeValue.fromS("hold#" + holdId)));
    Map<String, AttributeValue> hostile = new HashMap<>();
    List.of("reason", "placedAt", "heldFrom", "conversationIds", "confidential", "reviewAt")
        .forEach(name -> hostile.put(name, AttributeValue.fromS(HOSTILE)));
    hostile.put("holdKey", AttributeValue.fromS("st-odd"));
    hostile.put("itemKey", AttributeValue.fromS("hold#" + HOSTILE));
    service.put("HoldsTable", hostile);

    open("holds");

    browser.find(entry() + ".pill.being_placed");
    browser.waitFor("#holds", "onerror");
    assertThat(browser.evaluate("document.title")).isEqualTo("Conversation deletion: the console");
    assertThat(browser.evaluate("document.querySelectorAll('img').length")).isEqualTo(0L);
    assertThat(browser.errors()).isEmpty();
  }

  private String entry() {
    return "#holds .job[data-key='" + service.bot + " " + holdId + "'] ";
  }

  private void place(String reason) {
    browser.type("#hold [name=holdId]", holdId);
    browser.type("#hold [name=reason]", reason);
    browser.click("#hold [type=submit]");
  }

  private static String submit(List<String> conversations) {
    return service
        .submit("{\"conversationIds\":[\"%s\"]}".formatted(String.join("\",\"", conversations)))
        .body()
        .path("jobId")
        .asText();
  }

  private void open(String view) {
    browser.resize(1280, 1200);
    browser.open(service.aws.baseUrl() + "/_local/#" + view);
    browser.find("#connection.on");
  }
}
