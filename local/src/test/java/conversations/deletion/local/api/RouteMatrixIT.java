package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.local.api.OpenApiDocument.Operation;
import conversations.deletion.local.api.Service.Reply;
import conversations.deletion.local.sample.Census;
import conversations.deletion.local.sample.CensusComparison;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route, with every kind of caller that may not use it. No caller reads or does anything of
 * another.
 */
class RouteMatrixIT {

  private static final Instant TWO_DAYS_AGO =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(36));
  private static final int TIMED_REQUESTS = 60;

  /** On a conversation that nobody deletes. */
  private static final String HOLD = "case-00000017";

  private static final String HOLD_BODY =
      "{\"conversationIds\":[\"kept-1\"],\"reason\":\"A case\"}";

  private static Service service;
  private static String own;
  private static String neighbours;
  private static String withoutScope;
  private static String job;
  private static String endedJob;
  private static String preview;
  private static List<String> conversations;

  @BeforeAll
  static void start() {
    service = Service.start();
    own = service.app.token(Duration.ofMinutes(20));
    Set<String> all = Service.ALL_SCOPES;
    neighbours = tokenOf(Map.of(service.neighbourBot, all));
    withoutScope = tokenOf(Map.of(service.bot, Set.of("Billing"), service.neighbourBot, all));
    conversations = service.seed(service.bot, service.user, 2, TWO_DAYS_AGO);
    endedJob = submitted("nothing-there");
    service.runOffPeak();
    job = submitted(conversations.getFirst());
    preview = service.completedPreview(listing(conversations.getFirst()));
    assertThat(service.hold(HOLD, HOLD_BODY).status()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  static Stream<Operation> operations() {
    return OpenApiDocument.get().operations().stream();
  }

  static Stream<Operation> operationsOnAHold() {
    return operations().filter(RouteMatrixIT::isOnAHold).filter(one -> !one.method().equals("PUT"));
  }

  private static boolean isOnAHold(Operation operation) {
    return operation.path().contains("{holdId}");
  }

  @ParameterizedTest
  @MethodSource("operationsOnAHold")
  void aForeignHoldIsAnsweredAsOneThatDoesNotExist(Operation operation) {
    Reply absent = send(operation, service.neighbourBot, "case-00000018", neighbours);
    Reply foreign = send(operation, service.neighbourBot, HOLD, neighbours);

    assertThat(foreign.status()).isEqualTo(404);
    assertSame(foreign, absent);
    assertUntouched();
  }

  static Stream<Operation> operationsOnAJobOrPreview() {
    return operations()
        .filter(one -> Stream.of("{jobId}", "{previewId}").anyMatch(one.path()::contains));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anotherBotsClientAppIsRefused(Operation operation) {
    assertRefused(operation, service.bot, neighbours);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aBotThatNobodyKnowsIsAnsweredAsAnotherBot(Operation operation) {
    Reply unknown = send(operation, "st-" + UUID.randomUUID(), idOf(operation), own);
    Reply foreign = send(operation, service.neighbourBot, idOf(operation), own);

    assertThat(unknown.status()).isEqualTo(403);
    assertSame(unknown, foreign);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aClientAppWithoutTheScopeIsRefused(Operation operation) {
    assertRefused(operation, service.bot, withoutScope);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void allOtherScopesAreNotEnough(Operation operation) {
    Set<String> others = new HashSet<>(Service.ALL_SCOPES);
    others.remove(scopeOf(operation));

    assertRefused(operation, service.bot, tokenOf(Map.of(service.bot, others)));
  }

  @ParameterizedTest
  @MethodSource("operationsOnAJobOrPreview")
  void anAlteredIdFindsNothing(Operation operation) {
    String id = idOf(operation);
    char last = id.charAt(id.length() - 1);
    Stream<String> altered =
        Stream.of(
            id.substring(0, id.length() - 1) + (last == '0' ? '1' : '0'),
            id.toUpperCase(Locale.ROOT),
            id.substring(4),
            id + "0",
            "%20" + id,
            service.bot + "%2F" + id,
            "..%2F" + id,
            isOnAPreview(operation) ? job : preview,
            "*");

    assertThat(altered.map(other -> send(operation, service.bot, other, own).status()))
        .containsOnly(404);
    assertUntouched();
  }

  @ParameterizedTest
  @MethodSource("operationsOnAJobOrPreview")
  void aForeignJobOrPreviewIsAnsweredAsOneThatDoesNotExist(Operation operation) {
    for (String foreign : isOnAPreview(operation) ? List.of(preview) : List.of(job, endedJob)) {
      Reply absent = send(operation, service.neighbourBot, absentId(operation), neighbours);
      Reply answer = send(operation, service.neighbourBot, foreign, neighbours);

      assertThat(answer.status()).isEqualTo(404);
      assertSame(answer, absent);
    }
    assertUntouched();
  }

  @Test
  void aJobOfAForeignPreviewIsAnsweredAsOfOneThatDoesNotExist() {
    Reply foreign = submittedByNeighbour("{\"previewId\":\"%s\"}".formatted(preview));
    Reply absent = submittedByNeighbour("{\"previewId\":\"cdp-%s\"}".formatted(UUID.randomUUID()));

    assertThat(foreign.status()).isEqualTo(404);
    assertSame(foreign, absent);
    assertUntouched();
  }

  @Test
  void listsOfOneBotNameNothingOfAnother() {
    for (String id : List.of("listDeletionJobs", "listHolds", "listChangeLog")) {
      Reply reply = send(OpenApiDocument.get().operation(id), service.neighbourBot, "", neighbours);

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).doesNotContain(job, endedJob, HOLD, service.bot);
    }
  }

  @Test
  void anotherBotsTokenOfAPageOpensNothing() {
    submitted("one-more");
    String token = service.get(service.jobsPath() + "?limit=1").body().path("nextToken").asText();
    assertThat(token).isNotEmpty();

    Reply reply =
        service.send(
            service
                .request(
                    "/api/public/bot/"
                        + service.neighbourBot
                        + "/conversations/delete?limit=1&nextToken="
                        + token)
                .header("auth", neighbours)
                .GET());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).doesNotContain(job, endedJob, service.bot);
  }

  @Test
  void aForeignConversationThatIsAskedForIsSkippedAndStays() {
    Census before = service.census();
    assertThat(submittedByNeighbour(listing(conversations.getLast())).status()).isEqualTo(202);

    service.runOffPeak();

    // The bot's own job runs in the same run.
    List<String> gone = List.of(service.bot + "#" + conversations.getFirst());
    CensusComparison comparison = before.compare(service.census(), gone);
    assertThat(comparison.isExact()).as(comparison.report()).isTrue();
    job = submitted(conversations.getLast());
  }

  /**
   * This prints the times and asserts nothing, because times depend on what else the machine does.
   */
  @Test
  void foreignAndAbsentIdsTakeLikeTime() {
    Map<String, String> medians = new TreeMap<>();
    for (Operation operation : operationsOnAJobOrPreview().toList()) {
      List<Duration> foreign = new ArrayList<>();
      List<Duration> absent = new ArrayList<>();
      for (int i = 0; i < TIMED_REQUESTS; i++) {
        absent.add(timed(operation, absentId(operation)));
        foreign.add(timed(operation, idOf(operation)));
      }
      medians.put(
          operation.id(),
          "foreign %.1f ms, absent %.1f ms".formatted(median(foreign), median(absent)));
    }
    System.out.println("Medians of " + TIMED_REQUESTS + " answers: " + medians);
    assertThat(medians).hasSize(5);
  }

  private static String scopeOf(Operation operation) {
    if (operation.id().equals("listChangeLog")) {
      return Service.LOGS_HISTORY;
    }
    return operation.path().contains("/holds")
        ? Service.HOLD_CONVERSATIONS
        : Service.DELETE_CONVERSATIONS;
  }

  private static boolean isOnAPreview(Operation operation) {
    return operation.path().contains("{previewId}");
  }

  private static String idOf(Operation operation) {
    if (isOnAHold(operation)) {
      return HOLD;
    }
    return isOnAPreview(operation) ? preview : job;
  }

  private static String absentId(Operation operation) {
    return (isOnAPreview(operation) ? "cdp-" : "cdj-") + UUID.randomUUID();
  }

  private static Duration timed(Operation operation, String id) {
    long start = System.nanoTime();
    Reply reply = send(operation, service.neighbourBot, id, neighbours);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertThat(reply.status()).isEqualTo(404);
    return taken;
  }

  private static double median(List<Duration> durations) {
    durations.sort(Comparator.naturalOrder());
    return durations.get(durations.size() / 2).toNanos() / 1e6;
  }

  private static void assertRefused(Operation operation, String bot, String token) {
    Reply reply = send(operation, bot, idOf(operation), token);

    assertThat(reply.status()).as(reply.text()).isEqualTo(403);
    assertThat(reply.text()).doesNotContain(job, preview, bot);
    assertUntouched();
  }

  /**
   * Compares answers apart from what differs in each: the time, the request's ids, and what is left
   * of the limits.
   */
  private static void assertSame(Reply one, Reply other) {
    assertThat(comparable(one)).isEqualTo(comparable(other));
  }

  private static String comparable(Reply reply) {
    Map<String, List<String>> headers = new TreeMap<>(reply.headers());
    List.of("date", "x-amzn-requestid", "x-amz-apigw-id", "ratelimit").forEach(headers::remove);
    String instance = reply.body().path("instance").asText();
    return reply.status() + " " + headers + " " + reply.text().replace(instance, "");
  }

  private static void assertUntouched() {
    Reply reply = service.job(job);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("status").asText()).isIn("queued", "completed");
    assertThat(reply.body().has("cancelRequestedAt")).isFalse();
    Reply hold = service.get(service.holdsPath() + "/" + HOLD);
    assertThat(hold.status()).isEqualTo(200);
    assertThat(hold.body().has("releasedAt")).isFalse();
  }

  private static Reply send(Operation operation, String bot, String id, String token) {
    String path = operation.path().replace("{botId}", bot);
    return service.send(
        service
            .request(path.replace("{jobId}", id).replace("{previewId}", id).replace("{holdId}", id))
            .header("auth", token)
            .method(
                operation.method(),
                switch (operation.method()) {
                  case "POST" -> BodyPublishers.ofString(listing("c-1"));
                  case "PUT" -> BodyPublishers.ofString(HOLD_BODY);
                  default -> BodyPublishers.noBody();
                }));
  }

  private static Reply submittedByNeighbour(String body) {
    return service.send(
        service
            .request("/api/public/bot/" + service.neighbourBot + "/conversations/delete")
            .header("auth", neighbours)
            .POST(BodyPublishers.ofString(body)));
  }

  private static String listing(String conversation) {
    return "{\"conversationIds\":[\"" + conversation + "\"]}";
  }

  private static String submitted(String conversation) {
    Reply reply = service.submit(listing(conversation));
    assertThat(reply.status()).isEqualTo(202);
    return reply.body().path("jobId").asText();
  }

  private static String tokenOf(Map<String, Set<String>> scopes) {
    ClientApp app = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    service.aws.registrations().register(app, "Other", scopes);
    return app.token(Duration.ofMinutes(20));
  }
}
