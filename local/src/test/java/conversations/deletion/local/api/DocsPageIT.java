package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.DocsPage.Sample;
import conversations.deletion.local.api.Service.Reply;
import conversations.deletion.local.browser.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page at the root: what it is made of, and what a reader can do with it in a browser. */
class DocsPageIT {

  private static final String SUBMIT = "#operations-Deletion_jobs-submitDeletionJob ";
  private static final String PREVIEWS = "#operations-Previews-";
  private static final String ANSWER = ".live-responses-table tbody ";

  private static Service service;
  private static String preview;

  @BeforeAll
  static void start() {
    service = Service.start();
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    Instant noon = yesterday.atTime(12, 0).toInstant(ZoneOffset.UTC);
    List<String> conversations = service.seed(service.bot, service.user, 2, noon);
    String other = "u-of-a-preview";
    service.seed(service.bot, other, 3, noon);
    preview = service.completedPreview("{\"cId\":\"%s\"}".formatted(other));
    service
        .aws
        .docsPage()
        .fillWith(
            new Sample(
                service.app.token(Duration.ofMinutes(20)),
                service.bot,
                service.user,
                yesterday,
                conversations,
                Optional.of(preview)));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void servesTheDocumentAsItStands() throws IOException {
    Reply served = service.get("/_local/docs/openapi.yaml");

    assertThat(served.text()).isEqualTo(Files.readString(Path.of("../docs/openapi.yaml")));
  }

  @Test
  void keepsAllOtherPathsAsTheyAre() {
    assertThat(service.get("/").header("Content-Type")).isEqualTo("text/html; charset=UTF-8");
    assertThat(service.get("/index.html").status()).isEqualTo(404);
    assertThat(service.get("/index.html").header("Content-Type"))
        .isEqualTo("application/problem+json");
    for (String path : List.of("none.js", "", "../local.json", "%2e%2e/pom.xml")) {
      assertThat(service.get("/_local/docs/" + path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void submitsAJobFromTheBrowser() throws IOException {
    try (Browser browser = Browser.startOrSkip()) {
      browser.open(service.aws.baseUrl() + "/", 1280, 1040);
      browser.find(".information-container .title");
      browser.find("#operations-Change_log-listChangeLog");
      browser.screenshot(Path.of("target", "docs-page.png"));

      tryOut(browser, SUBMIT);
      String status = execute(browser, SUBMIT);
      String body = browser.find(SUBMIT + ANSWER + ".response-col_description code").getText();
      browser.scrollTo(SUBMIT + ".responses-wrapper");
      browser.screenshot(Path.of("target", "docs-page-answer.png"));

      assertThat(status).startsWith("202");
      String job = new ObjectMapper().readTree(body).path("jobId").asText();
      assertThat(service.job(job).status()).isEqualTo(200);
      service.runOffPeak();
      assertThat(service.job(job).body().path("result").path("deletedConversations").asInt())
          .isEqualTo(2);
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void sendsEachExampleOfAPreviewFromTheBrowser() {
    try (Browser browser = Browser.startOrSkip()) {
      browser.open(service.aws.baseUrl() + "/", 1280, 1040);

      for (String operation : List.of("findDeletionPreview", "listPreviewConversations")) {
        tryOut(browser, PREVIEWS + operation + " ");
        assertThat(execute(browser, PREVIEWS + operation + " ")).as(operation).startsWith("200");
      }
      String ask = PREVIEWS + "submitDeletionPreview ";
      tryOut(browser, ask);
      for (String example : List.of("byChannelUser", "byConversation", "allOfAChannelUser")) {
        choose(browser, ask, example);
        assertThat(execute(browser, ask)).as(example).startsWith("202");
      }
      tryOut(browser, SUBMIT);
      choose(browser, SUBMIT, "byPreview");
      assertThat(execute(browser, SUBMIT)).startsWith("202");

      assertThat(service.get(service.jobsPath()).body().at("/jobs/0/previewId").asText())
          .isEqualTo(preview);
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static void tryOut(Browser browser, String operation) {
    browser.click(operation + "button.opblock-summary-control");
    browser.click(operation + "button.try-out__btn");
  }

  private static void choose(Browser browser, String operation, String example) {
    browser.click(operation + ".examples-select-element option[value=" + example + "]");
  }

  /** Sends the request that is shown, and returns the status of the answer. */
  private static String execute(Browser browser, String operation) {
    if (browser.count(operation + ".btn-clear") > 0) {
      browser.click(operation + ".btn-clear");
      browser.waitUntilGone(operation + ".live-responses-table");
    }
    browser.click(operation + "button.execute");
    return browser.find(operation + ANSWER + ".response-col_status").getText();
  }
}
