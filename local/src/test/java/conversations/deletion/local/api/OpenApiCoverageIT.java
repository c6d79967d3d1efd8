package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.local.api.OpenApiDocument.Operation;
import conversations.deletion.local.api.OpenApiDocument.Place;
import conversations.deletion.local.api.Service.Reply;
import conversations.deletion.local.http.RawRequest;
import conversations.deletion.local.template.RouteDefinition;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The document is true. Every operation is driven to every status that is declared for it, and
 * {@link Service} checks every answer against the document.
 */
class OpenApiCoverageIT {

  private static final OpenApiDocument DOCUMENT = OpenApiDocument.get();
  private static final int MORE_THAN_A_GATEWAY_TAKES = 10 * 1024 * 1024 + 1;
  private static final String DYNAMODB_ENDPOINT = "aws.endpointUrlDynamoDb";
  private static final String NOBODY_LISTENS_HERE = "http://127.0.0.1:1";

  private static final Coverage COVERAGE = new Coverage();
  private static final List<String> ROUTES = new ArrayList<>();

  private static Service service;
  private static String token;

  @BeforeAll
  static void driveEveryOperationToEveryStatus() throws IOException {
    try (Service open = Service.start()) {
      start(open);
      for (RouteDefinition route : open.aws.template().api().routes()) {
        ROUTES.add(route.method() + " " + route.path());
      }
      sendTheExamplesAsTheyStand();
      followJobsFromSubmissionToEnd();
      makeEveryFault();
      CoveredPreviews previews = new CoveredPreviews(open);
      previews.followToTheirJobs();
      previews.makeEveryFault();
      CoveredHolds holds = new CoveredHolds(open);
      holds.followToTheirRelease();
      holds.makeEveryFault();
      beUnreadable();
      beRefused();
      askTooMuch();
      failForWantOfAws();
      COVERAGE.add(open.conformance.coverage());
    }
    try (Service limited =
        new Service(Service.options().withParameter("RequestsPerMinute", "60"))) {
      start(limited);
      for (int i = 0; i < 60; i++) {
        expect(200, () -> send(DOCUMENT.operation("listDeletionJobs"), Map.of()));
        expect(404, () -> send(DOCUMENT.operation("cancelDeletionJob"), Map.of()));
      }
      for (Operation operation : DOCUMENT.operations()) {
        expect(429, () -> send(operation, Map.of()));
      }
      COVERAGE.add(limited.conformance.coverage());
    }
    try (Service full = new Service(Service.options().withParameter("MaxOpenJobs", "1"))) {
      start(full);
      expect(202, () -> full.submit(listing("69eb0c87ec444445976a1b2c")));
      expect(429, () -> full.submit(listing("69eb0c87ec444445976a1b2c")));
      COVERAGE.add(full.conformance.coverage());
    }
    try (Service cautious = new Service(Service.options().withParameter("PreviewAbove", "1"))) {
      new CoveredPreviews(cautious).beAskedForOne();
      COVERAGE.add(cautious.conformance.coverage());
    }
  }

  private static void start(Service started) {
    service = started;
    token = service.app.token(Duration.ofMinutes(20));
  }

  @Test
  void everyOperationStatusHeaderFieldAndErrorCodeWasSeen() {
    assertThat(COVERAGE.missing(DOCUMENT))
        .as("declared, and seen in no answer")
        .allMatch(OpenApiCoverageIT::isOfA500);
    System.out.println(
        "docs/openapi.yaml: %s; not provoked: 500".formatted(Coverage.summaryOf(DOCUMENT)));
  }

  /** What a reader sees is what a caller gets. */
  @Test
  void everyExampleOfAProblemWasAnswered() {
    assertThat(COVERAGE.examplesNotAnswered(DOCUMENT))
        .as("shown, and not answered")
        .allMatch(example -> example.startsWith("500 "));
  }

  /** A 500 would be a bug of this service, and no request is known to cause one. */
  private static boolean isOfA500(String declared) {
    return declared.matches("[A-Za-z]+ 500( .*)?");
  }

  @Test
  void theDocumentHasTheOperationsOfTheTemplate() {
    assertThat(DOCUMENT.operations().stream().map(one -> one.method() + " " + one.path()))
        .containsExactlyInAnyOrderElementsOf(ROUTES);
  }

  private static void sendTheExamplesAsTheyStand() {
    String job = accepted(service.submit(listing("69eb0c87ec444445976a1b2c")));
    String preview = service.completedPreview(listing("69eb0c87ec444445976a1b2c"));
    String shown =
        DOCUMENT.root().at("components").at("parameters").at("PreviewId").at("example").text();
    placeTheHoldsOfTheExamples();
    for (Operation operation : DOCUMENT.operations()) {
      int success = operation.statuses().getFirst();
      Place content = operation.place().at("requestBody").at("content").at("application/json");
      List<String> bodies =
          content
              .at("examples")
              .keys()
              .map(name -> content.at("examples").at(name).at("value").node().toString())
              .toList();
      if (bodies.isEmpty()) {
        expect(
            success,
            () ->
                service.send(
                    example(operation, job, preview, true)
                        .method(operation.method(), BodyPublishers.noBody())));
      }
      for (String body : operation.id().equals("placeHold") ? List.<String>of() : bodies) {
        // There is one example of an Idempotency-Key, and it is good for only one of the requests.
        boolean first = body.equals(bodies.getFirst());
        expect(
            success,
            () ->
                service.send(
                    example(operation, job, preview, first)
                        .method(
                            operation.method(),
                            BodyPublishers.ofString(body.replace(shown, preview)))));
      }
    }
    service.runOffPeak();
  }

  /** There is one example of an id, and it is good for one hold. */
  private static void placeTheHoldsOfTheExamples() {
    String shown =
        DOCUMENT.root().at("components").at("parameters").at("HoldId").at("example").text();
    Place examples =
        DOCUMENT
            .operation("placeHold")
            .place()
            .at("requestBody")
            .at("content")
            .at("application/json")
            .at("examples");
    String id = shown;
    for (String name : examples.keys().toList()) {
      String hold = id;
      expect(201, () -> service.hold(hold, examples.at(name).at("value").node().toString()));
      id = shown + "-" + name;
    }
  }

  private static HttpRequest.Builder example(
      Operation operation, String job, String preview, boolean withHeaders) {
    String query =
        examples(operation, "query").entrySet().stream()
            .map(
                one ->
                    one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
    HttpRequest.Builder request =
        service.request(path(operation, service.bot, job, preview) + query).header("auth", token);
    if (withHeaders) {
      examples(operation, "header").forEach(request::header);
    }
    return request;
  }

  private static Map<String, String> examples(Operation operation, String in) {
    return operation.parameters().stream()
        .filter(parameter -> parameter.at("in").text().equals(in))
        .filter(parameter -> parameter.at("example").exists())
        .collect(
            Collectors.toMap(
                parameter -> parameter.at("name").text(),
                parameter -> parameter.at("example").text()));
  }

  private static void followJobsFromSubmissionToEnd() {
    Instant yesterday = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(36));
    List<String> seeded = service.seed(service.bot, service.user, 2, yesterday);
    String done = accepted(service.submit(listing(seeded.getFirst(), seeded.getLast(), "absent")));
    String ofUser =
        accepted(
            service.submit(
                "{\"cId\":\"%s\",\"reference\":\"REQ-4711\",\"notBefore\":\"2026-05-08T00:00:00Z\"}"
                    .formatted(service.user)));
    String cancelled = accepted(service.submit(listing("never-looked-for")));
    expect(202, () -> send(DOCUMENT.operation("cancelDeletionJob"), Map.of("jobId", cancelled)));
    String unowned = "st-" + UUID.randomUUID();
    String unownedToken = tokenOf(unowned, Service.DELETE_CONVERSATIONS);
    String unnotified =
        accepted(
            service.send(
                service
                    .request(path(DOCUMENT.operation("submitDeletionJob"), unowned, ""))
                    .header("auth", unownedToken)
                    .POST(BodyPublishers.ofString(listing("nothing")))));

    service.runOffPeak();

    expect(200, () -> service.job(ofUser));
    for (String job : List.of(done, cancelled)) {
      expect(200, () -> service.job(job));
      expect(200, () -> service.get(service.jobsPath() + "/" + job + "/conversations"));
      expect(409, () -> send(DOCUMENT.operation("cancelDeletionJob"), Map.of("jobId", job)));
    }
    for (String id : List.of("findDeletionJob", "listDeletionJobs")) {
      expect(
          200,
          () ->
              service.send(
                  service
                      .request(path(DOCUMENT.operation(id), unowned, unnotified))
                      .header("auth", unownedToken)
                      .GET()));
    }
    expect(200, () -> service.get(service.jobsPath()));
    expect(200, () -> service.get(service.jobsPath() + "?limit=1"));
    expect(200, () -> service.get(service.jobsPath() + "/" + done + "/conversations?limit=1"));
    expect(200, () -> service.get(service.changeLogPath()));
  }

  private static void makeEveryFault() {
    String date = "{\"cId\":\"u-1\",\"startDate\":\"%s\",\"endDate\":\"%s\"}";
    for (String body :
        List.of(
            "{",
            "[]",
            "{}",
            "{\"cId\":\"u-1\",\"cId\":\"u-2\"}",
            "{\"cId\":\"u-1\",\"reference\":\" \"}",
            "{\"cId\":\"u-1\",\"notBefore\":\"2999-01-01T00:00:00Z\"}",
            "{\"cId\":\"u 1\",\"conversationIds\":[],\"colour\":1}",
            "{\"cId\":\"u-1\",\"starDate\":\"2026-05-04\",\"endDate\":\"2999-01-01\"}",
            date.formatted("yesterday", "2999-01-01"),
            date.formatted("2026-05-05", "2026-05-04"),
            listing(IntStream.range(0, 101).mapToObj(i -> "c-" + i).toArray(String[]::new)))) {
      expect(400, () -> service.submit(body));
    }
    expect(
        400,
        () ->
            service.send(
                service
                    .request(service.jobsPath())
                    .header("auth", token)
                    .header("Idempotency-Key", "k".repeat(256))
                    .POST(BodyPublishers.ofString(listing("c-1")))));
    for (String query : List.of("colour=1", "offset=0&offset=1", "limit=51", "offset=10000")) {
      expect(400, () -> service.get(service.changeLogPath() + "?" + query));
    }
    expect(400, () -> service.get(service.jobsPath() + "?status=done"));
    expect(400, () -> service.get(service.jobsPath() + "?nextToken=forged"));
    String job = accepted(service.submit(listing("c-1")));
    expect(400, () -> service.get(service.jobsPath() + "/" + job + "/conversations?limit=0"));
    for (String body : List.of(listing("c-1"), listing("c-1"), listing("c-2"))) {
      Reply reply =
          service.send(
              service
                  .request(service.jobsPath())
                  .header("auth", token)
                  .header("Idempotency-Key", "used twice")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(reply.status()).isEqualTo(body.equals(listing("c-1")) ? 202 : 422);
    }
    HttpRequest.Builder text =
        HttpRequest.newBuilder(service.request(service.jobsPath()).build().uri())
            .header("auth", token)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(listing("c-1")));
    expect(415, () -> service.send(text));
  }

  /** A client of the JDK sends no such target. */
  private static void beUnreadable() throws IOException {
    for (Operation operation : DOCUMENT.operations()) {
      String path = path(operation, service.bot, "<jobId>");
      RawRequest.Answer answer =
          RawRequest.send(
              service.aws.baseUrl(),
              "%s %s?a=%%ZZ HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n"
                  .formatted(operation.method(), path));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(
              service.conformance.faults(
                  operation.method(), path, 400, answer.headers(), answer.body()))
          .isEmpty();
    }
  }

  private static void beRefused() {
    ClientApp once = ClientApp.withNewSecret("app-" + UUID.randomUUID()).whoseTokensAreGoodOnce();
    String onceGood = tokenOf(once, service.bot, Service.LOGS_HISTORY);
    String other = tokenOf(service.neighbourBot, Service.ALL_SCOPES.toArray(String[]::new));
    for (Operation operation : DOCUMENT.operations()) {
      expect(403, () -> send(operation, Map.of("auth", other)));
      expect(401, () -> send(operation, Map.of("auth", "none")));
      if (operation.path().contains("{jobId}")) {
        expect(404, () -> send(operation, Map.of("jobId", "cdj-" + UUID.randomUUID())));
      }
      if (operation.path().contains("{previewId}")) {
        expect(404, () -> send(operation, Map.of("previewId", "cdp-" + UUID.randomUUID())));
      }
      if (operation.path().contains("{holdId}") && operation.statuses().contains(404)) {
        expect(404, () -> send(operation, Map.of("holdId", "case-" + UUID.randomUUID())));
      }
    }
    expect(200, () -> send(DOCUMENT.operation("listChangeLog"), Map.of("auth", onceGood)));
    expect(401, () -> send(DOCUMENT.operation("listChangeLog"), Map.of("auth", onceGood)));
  }

  private static void askTooMuch() {
    String large = " ".repeat(MORE_THAN_A_GATEWAY_TAKES);
    for (Operation operation : DOCUMENT.operations()) {
      expect(413, () -> send(operation, Map.of("body", large)));
      expect(431, () -> send(operation, Map.of("header", "x".repeat(11_000))));
    }
    expect(413, () -> service.submit(" ".repeat(256 * 1024 + 1)));
  }

  /** Without DynamoDB the functions answer 503, and the authorizer fails for what no cache has. */
  private static void failForWantOfAws() {
    String endpoint = System.setProperty(DYNAMODB_ENDPOINT, NOBODY_LISTENS_HERE);
    service.aws.invoker().recycle();
    String unknownToken = service.app.token(Duration.ofHours(1));
    // They try for some seconds before they give up, so all requests are sent at once.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Stream<Future<?>> requests =
          DOCUMENT.operations().stream()
              .flatMap(
                  operation ->
                      Stream.of(
                          threads.submit(() -> expect(503, () -> send(operation, Map.of()))),
                          threads.submit(
                              () ->
                                  expect(
                                      503, () -> send(operation, Map.of("auth", unknownToken))))));
      for (Future<?> request : requests.toList()) {
        request.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      System.setProperty(DYNAMODB_ENDPOINT, endpoint);
      service.aws.invoker().recycle();
    }
  }

  /** Sends a request that is right except for the given parts. */
  private static Reply send(Operation operation, Map<String, String> otherwise) {
    Map<String, String> parts = new HashMap<>();
    parts.put("auth", token);
    parts.put("jobId", "cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c");
    parts.put("previewId", "cdp-5f0c7a52-9d1e-5b84-a3c6-7e2d9b4f1b2c");
    parts.put("holdId", "case-of-none");
    parts.put("body", bodyOf(operation));
    parts.put("header", "x");
    parts.putAll(otherwise);
    return service.send(
        service
            .request(
                path(operation, service.bot, parts.get("jobId"), parts.get("previewId"))
                    .replace("case-17", parts.get("holdId")))
            .header("auth", parts.get("auth"))
            .header("X-Sent-Along", parts.get("header"))
            .method(operation.method(), BodyPublishers.ofString(parts.get("body"))));
  }

  private static String path(Operation operation, String bot, String job) {
    return path(operation, bot, job, "<previewId>");
  }

  private static String path(Operation operation, String bot, String job, String preview) {
    return operation
        .path()
        .replace("{botId}", bot)
        .replace("{jobId}", job)
        .replace("{previewId}", preview)
        .replace("{holdId}", "case-17");
  }

  private static String bodyOf(Operation operation) {
    return switch (operation.method()) {
      case "POST" -> listing("c-1");
      case "PUT" -> "{\"cId\":\"u-1\",\"reason\":\"A case\"}";
      default -> "";
    };
  }

  private static String tokenOf(String bot, String... scopes) {
    return tokenOf(ClientApp.withNewSecret("app-" + UUID.randomUUID()), bot, scopes);
  }

  private static String tokenOf(ClientApp app, String bot, String... scopes) {
    service.aws.registrations().register(app, "Other", Map.of(bot, Set.of(scopes)));
    return app.token(Duration.ofMinutes(20));
  }

  private static String listing(String... ids) {
    return "{\"conversationIds\":[\"" + String.join("\",\"", ids) + "\"]}";
  }

  private static String accepted(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    return reply.body().path("jobId").asText();
  }

  private static void expect(int status, Supplier<Reply> request) {
    Reply reply = request.get();
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
  }
}
