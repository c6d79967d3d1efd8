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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page at the root: what it is made of, and what a reader can do with it in a browser. */
class DocsPageIT {

  private static final String SUBMIT = "#operations-Deletion_jobs-submitDeletionJob ";

  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start();
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    Instant noon = yesterday.atTime(12, 0).toInstant(ZoneOffset.UTC);
    List<String> conversations = service.seed(service.bot, service.user, 2, noon);
    service
        .aws
        .docsPage()
        .fillWith(
            new Sample(
                service.app.token(Duration.ofMinutes(20)),
                service.bot,
                service.user,
                yesterday,
                conversations));
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

      browser.click(SUBMIT + "button.opblock-summary-control");
      browser.click(SUBMIT + "button.try-out__btn");
      browser.click(SUBMIT + "button.execute");
      String status =
          browser.find(SUBMIT + ".live-responses-table tbody .response-col_status").getText();
      String body =
          browser
              .find(SUBMIT + ".live-responses-table tbody .response-col_description code")
              .getText();
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
}
