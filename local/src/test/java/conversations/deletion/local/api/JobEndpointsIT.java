package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.local.api.Service.Reply;
import conversations.deletion.local.sample.Census;
import conversations.deletion.local.sample.CensusComparison;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs as a client app lists, follows and cancels them. */
class JobEndpointsIT {

  private static final Instant TWO_DAYS_AGO =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(36));
  private static final String NEXT_TOKEN = "nextToken";

  private static Service service;

  /** A client app of the neighbour only. */
  private static ClientApp neighbour;

  @BeforeAll
  static void start() {
    service = Service.start();
    neighbour = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    service
        .aws
        .registrations()
        .register(
            neighbour,
            "Neighbour",
            Map.of(service.neighbourBot, Set.of(Service.DELETE_CONVERSATIONS)));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void pagesThroughTheBotsJobsNewestFirst() {
    List<String> submitted = submitted(12);

    List<JsonNode> pages = pages(service.jobsPath() + "?limit=5&from=" + submittedAt(submitted, 0));

    assertThat(pages).extracting(page -> page.path("jobs").size()).containsExactly(5, 5, 2);
    assertThat(ids(pages)).isEqualTo(submitted.reversed());
    assertThat(pages.getLast().has(NEXT_TOKEN)).isFalse();
    JsonNode newest = pages.getFirst().path("jobs").path(0);
    assertThat(newest).isEqualTo(service.job(submitted.getLast()).body());
  }

  @Test
  void listsJobsOfOneStatus() {
    List<String> submitted = submitted(6);
    List<String> cancelled = List.of(submitted.get(4), submitted.get(1));
    cancelled.forEach(job -> assertThat(service.cancel(job).status()).isEqualTo(202));
    String since = "&from=" + submittedAt(submitted, 0);

    List<JsonNode> queued = pages(service.jobsPath() + "?limit=3&status=queued" + since);
    List<JsonNode> ended = pages(service.jobsPath() + "?limit=1&status=cancelled" + since);

    List<String> waiting = new ArrayList<>(submitted.reversed());
    waiting.removeAll(cancelled);
    assertThat(ids(queued)).isEqualTo(waiting);
    assertThat(queued).hasSize(2);
    assertThat(ids(ended)).isEqualTo(cancelled);
    assertThat(service.get(service.jobsPath() + "?status=failed" + since).text())
        .isEqualTo("{\"jobs\":[]}");
  }

  @Test
  void listsJobsByTheDateOfTheirSubmission() {
    List<String> submitted = submitted(3);
    String first = submittedAt(submitted, 0);
    String second = submittedAt(submitted, 1);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);

    assertThat(ids(pages(service.jobsPath() + "?from=" + first + "&to=" + second)))
        .contains(submitted.get(0), submitted.get(1))
        .allSatisfy(
            job ->
                assertThat(service.job(job).body().path("submittedAt").asText())
                    .isBetween(first, second));
    assertThat(ids(pages(service.jobsPath() + "?from=" + today.minusDays(1) + "&to=2999-12-31")))
        .startsWith(submitted.get(2), submitted.get(1), submitted.get(0));
    assertThat(ids(pages(service.jobsPath() + "?from=" + today.plusDays(2)))).isEmpty();
    assertThat(ids(pages(service.jobsPath() + "?to=" + today.minusDays(2)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "status=done, status: invalid_status",
    "limit=0, limit: invalid_number",
    "limit=51, limit: invalid_number",
    "from=yesterday, from: invalid_date",
    "from=2026-05-05&to=2026-05-04, from: start_after_end",
    "limit=5&limit=5, limit: repeated_parameter",
    "state=queued, state: unknown_parameter",
    "nextToken=, nextToken: invalid_token",
  })
  void refusesABadListing(String query, String fault) {
    Reply reply = service.get(service.jobsPath() + "?" + query);

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.faults()).containsExactly(fault);
  }

  @Test
  void listsEveryFaultAtOnce() {
    assertThat(service.get(service.jobsPath() + "?status=done&limit=x&from=soon&page=2").faults())
        .containsExactlyInAnyOrder(
            "status: invalid_status",
            "limit: invalid_number",
            "from: invalid_date",
            "page: unknown_parameter");
  }

  @Test
  void takesATokenOfTheSameListingOnlyAndNoneThatWasAltered() {
    submitted(2);
    String token = tokenOf(service.jobsPath() + "?limit=1&status=queued");
    String path = service.jobsPath() + "?limit=1&status=queued&nextToken=";

    assertThat(service.get(path + token).status()).isEqualTo(200);
    assertRefused(path + flipped(token));
    assertRefused(path + token.substring(1));
    assertRefused(path + token + "A");
    assertRefused(service.jobsPath() + "?status=failed&nextToken=" + token);
    assertRefused(service.jobsPath() + "?nextToken=" + token);
    assertRefused(service.jobsPath() + "?status=queued&from=2020-01-01&nextToken=" + token);
  }

  @Test
  void takesNoTokenOfAnotherBotAndListsNoJobOfAnotherBot() {
    String foreign = submitAsNeighbour("foreign-1");
    submitAsNeighbour("foreign-2");
    String foreignPath = "/api/public/bot/" + service.neighbourBot + "/conversations/delete";
    String token =
        asNeighbour(service.request(foreignPath + "?limit=1").GET())
            .body()
            .path(NEXT_TOKEN)
            .asText();
    assertThat(token).isNotEmpty();

    assertRefused(service.jobsPath() + "?limit=1&nextToken=" + token);
    assertThat(ids(pages(service.jobsPath()))).doesNotContain(foreign);
    assertThat(asNeighbour(service.request(service.jobsPath()).GET()).status()).isEqualTo(403);
  }

  @Test
  void tellsWhatBecameOfEachConversationAndWhy() {
    List<String> idle = service.seed(service.bot, newUser(), 1, 7, TWO_DAYS_AGO);
    List<String> open =
        service.seed(service.bot, newUser(), 1, 7, Instant.now().minus(Duration.ofMinutes(1)));
    String job = accepted(listing(idle.getFirst(), open.getFirst(), "nobody-knows-me"));

    JsonNode before = conversations(job, "").path("conversations");
    service.runOffPeak();
    JsonNode after = conversations(job, "").path("conversations");

    assertThat(before)
        .hasSize(3)
        .allSatisfy(
            one -> {
              assertThat(one.path("outcome").asText()).isEqualTo("pending");
              assertThat(one.path("recordsDeleted").asInt()).isZero();
              assertThat(one.has("reason")).isFalse();
            });
    assertThat(after)
        .extracting(
            one ->
                "%s %s %d %s"
                    .formatted(
                        one.path("conversationId").asText(),
                        one.path("outcome").asText(),
                        one.path("recordsDeleted").asInt(),
                        one.path("reason").asText("-")))
        .containsExactlyInAnyOrder(
            idle.getFirst() + " deleted 7 -",
            open.getFirst() + " pending 0 still_open",
            "nobody-knows-me skipped 0 not_found");
  }

  @Test
  void pagesThroughTheConversationsOfAChannelUser() {
    String user = newUser();
    List<String> asked = service.seed(service.bot, user, 230, 2, TWO_DAYS_AGO);
    Census before = service.census();
    String job = accepted("{\"cId\":\"%s\"}".formatted(user));
    assertThat(conversations(job, "").path("conversations")).isEmpty();
    service.runOffPeak();

    List<JsonNode> pages = pages(conversationsPath(job) + "?limit=70");
    List<JsonNode> large = pages(conversationsPath(job));

    assertThat(pages)
        .extracting(page -> page.path("conversations").size())
        .containsExactly(70, 70, 70, 20);
    assertThat(large)
        .extracting(page -> page.path("conversations").size())
        .containsExactly(100, 100, 30);
    assertThat(conversationIds(pages))
        .isEqualTo(conversationIds(large))
        .containsExactlyInAnyOrderElementsOf(asked);
    assertThat(pages)
        .flatExtracting(page -> page.path("conversations").valueStream().toList())
        .allSatisfy(
            one -> {
              assertThat(one.path("outcome").asText()).isEqualTo("deleted");
              assertThat(one.path("recordsDeleted").asInt()).isEqualTo(2);
            });
    CensusComparison comparison =
        before.compare(service.census(), asked.stream().map(id -> service.bot + "#" + id).toList());
    assertThat(comparison.isExact()).as(comparison.report()).isTrue();
  }

  @Test
  void takesATokenOfTheSameJobsConversationsOnly() {
    String job = accepted(listing("token-1", "token-2"));
    String other = accepted(listing("token-3", "token-4"));
    String token = tokenOf(conversationsPath(job) + "?limit=1");

    assertThat(conversations(job, "?nextToken=" + token).path("conversations")).hasSize(1);
    assertRefused(conversationsPath(other) + "?nextToken=" + token);
    assertRefused(conversationsPath(job) + "?nextToken=" + flipped(token));
    assertRefused(service.jobsPath() + "?nextToken=" + token);
    assertThat(service.get(conversationsPath(job) + "?limit=101&outcome=failed").faults())
        .containsExactlyInAnyOrder("limit: invalid_number", "outcome: unknown_parameter");
  }

  @Test
  void cancelsAJobThatNoRunHasPickedUp() {
    List<String> asked = service.seed(service.bot, newUser(), 1, TWO_DAYS_AGO);
    Census before = service.census();
    String job = accepted(listing(asked.getFirst()));

    Reply first = service.cancel(job);
    Reply second = service.cancel(job);
    service.runOffPeak();

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.body().path("jobId").asText()).isEqualTo(job);
    assertThat(first.body().path("status").asText()).isEqualTo("cancelled");
    assertThat(first.body().path("message").asText()).isEqualTo("Deletion job cancelled.");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(second.faults()).containsExactly("jobId: job_has_ended");
    JsonNode document = service.job(job).body();
    assertThat(document.path("status").asText()).isEqualTo("cancelled");
    assertThat(document.path("cancelRequestedAt")).isEqualTo(document.path("completedAt"));
    assertThat(document.path("result").path("deletedCount").asInt()).isZero();
    assertThat(before.compare(service.census(), List.of()).isExact()).isTrue();
  }

  @Test
  void refusesToCancelAJobThatHasCompleted() {
    String job = accepted(listing("nobody-knows-me"));
    service.runOffPeak();

    assertThat(service.cancel(job).status()).isEqualTo(409);
    assertThat(service.job(job).body().path("status").asText()).isEqualTo("completed");
    assertThat(service.job(job).body().has("cancelRequestedAt")).isFalse();
  }

  /**
   * The answers are the same byte for byte, because they must not show that a job is another bot's.
   */
  @Test
  void answersAForeignJobAsAnAbsentOneOnEveryRoute() {
    String foreign = submitAsNeighbour("foreign-3");
    String absent = "cdj-" + UUID.randomUUID();
    String reference = withoutInstance(service.job(absent));

    for (String job : List.of(foreign, absent, "not-a-job")) {
      for (Reply reply :
          List.of(service.job(job), service.get(conversationsPath(job)), service.cancel(job))) {
        assertThat(reply.status()).isEqualTo(404);
        assertThat(withoutInstance(reply)).isEqualTo(reference);
      }
    }
    String path = "/api/public/bot/" + service.neighbourBot + "/conversations/delete/" + foreign;
    assertThat(asNeighbour(service.request(path).GET()).body().path("status").asText())
        .isEqualTo("queued");
  }

  private static List<String> submitted(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> accepted(listing("listed-" + UUID.randomUUID())))
        .toList();
  }

  private static String submittedAt(List<String> jobs, int index) {
    return service.job(jobs.get(index)).body().path("submittedAt").asText();
  }

  /** All pages from this one on, by following their tokens. */
  private static List<JsonNode> pages(String path) {
    List<JsonNode> pages = new ArrayList<>();
    String parameter = (path.contains("?") ? "&" : "?") + NEXT_TOKEN + "=";
    String next = path;
    do {
      Reply reply = service.get(next);
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      pages.add(reply.body());
      next = path + parameter + reply.body().path(NEXT_TOKEN).asText();
    } while (pages.getLast().has(NEXT_TOKEN));
    return pages;
  }

  private static String tokenOf(String path) {
    String token = service.get(path).body().path(NEXT_TOKEN).asText();
    assertThat(token).isNotEmpty();
    return token;
  }

  private static String flipped(String token) {
    char other = token.charAt(10) == 'A' ? 'B' : 'A';
    return token.substring(0, 10) + other + token.substring(11);
  }

  private static void assertRefused(String path) {
    Reply reply = service.get(path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.faults()).containsExactly("nextToken: invalid_token");
  }

  private static List<String> ids(List<JsonNode> pages) {
    return texts(pages, "jobs", "jobId");
  }

  private static List<String> conversationIds(List<JsonNode> pages) {
    return texts(pages, "conversations", "conversationId");
  }

  private static List<String> texts(List<JsonNode> pages, String list, String field) {
    return pages.stream()
        .flatMap(page -> page.path(list).valueStream())
        .map(one -> one.path(field).asText())
        .toList();
  }

  private static String conversationsPath(String job) {
    return service.jobsPath() + "/" + job + "/conversations";
  }

  private static JsonNode conversations(String job, String query) {
    Reply reply = service.get(conversationsPath(job) + query);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.body();
  }

  private static String submitAsNeighbour(String conversation) {
    String path = "/api/public/bot/" + service.neighbourBot + "/conversations/delete";
    return asNeighbour(service.request(path).POST(BodyPublishers.ofString(listing(conversation))))
        .body()
        .path("jobId")
        .asText();
  }

  private static Reply asNeighbour(HttpRequest.Builder request) {
    return service.send(request.header("auth", neighbour.token(Duration.ofMinutes(5))));
  }

  private static String newUser() {
    return "u-" + UUID.randomUUID();
  }

  private static String listing(String... ids) {
    return "{\"conversationIds\":[\"" + String.join("\",\"", ids) + "\"]}";
  }

  private static String accepted(String body) {
    Reply reply = service.submit(body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    return reply.body().path("jobId").asText();
  }

  private static String withoutInstance(Reply reply) {
    return reply.text().replace(reply.body().path("instance").asText(), "");
  }
}
