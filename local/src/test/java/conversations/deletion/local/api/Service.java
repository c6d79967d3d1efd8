package conversations.deletion.local.api;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.registration.Bot;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.sample.SeedRequest;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.LocalAws;
import conversations.deletion.local.LocalOptions;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.sample.Census;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The whole service on the chosen peer, with a bot, its neighbour and a client app, over HTTP. */
final class Service implements AutoCloseable {

  static final String DELETE_CONVERSATIONS = "Delete Conversations";
  static final String LOGS_HISTORY = "Logs History";
  static final String HOLD_CONVERSATIONS = "Hold Conversations";
  static final Set<String> ALL_SCOPES =
      Set.of(DELETE_CONVERSATIONS, HOLD_CONVERSATIONS, LOGS_HISTORY);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static final String OWNER = "owner@bots.example";

  final String bot = "st-" + UUID.randomUUID();
  final String neighbourBot = "st-" + UUID.randomUUID();
  final String user = "u-" + UUID.randomUUID();
  final ClientApp app = ClientApp.withNewSecret("app-" + UUID.randomUUID());
  final LocalAws aws;

  /** Checks every answer against the API's description. */
  final Conformance conformance = new Conformance();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String token = app.token(Duration.ofMinutes(30));

  Service(LocalOptions options) {
    aws = LocalAws.start(options);
    Instant created = Instant.parse("2024-01-01T00:00:00.000Z");
    aws.registrations().register(new Bot(bot, "Parcel bot", "Sam", OWNER, created, 2556));
    aws.registrations()
        .register(new Bot(neighbourBot, "Neighbour", "Kim", "kim@bots.example", created, 2556));
    aws.registrations().register(app, "Tests", Map.of(bot, ALL_SCOPES));
  }

  /**
   * Starts a service on the chosen peer. Every hour is off-peak, the index counts as settled after
   * a second, and no test reaches the rate limits by chance.
   */
  static Service start() {
    return new Service(options());
  }

  static LocalOptions options() {
    return AwsPeer.options()
        .withParameter("IndexSettleSeconds", "1")
        .withParameter("RequestsPerMinute", "1000")
        .withParameter("RequestsPerHour", "60000")
        .withFunctionsOutput(System.out);
  }

  List<String> seed(String ofBot, String ofUser, int conversations, Instant startedAt) {
    return seed(ofBot, ofUser, conversations, 12, startedAt);
  }

  List<String> seed(
      String ofBot, String ofUser, int conversations, int recordsEach, Instant startedAt) {
    return aws.seeder().seed(new SeedRequest(ofBot, ofUser, conversations, recordsEach, startedAt));
  }

  /** Puts an item into the table of that logical id. */
  void put(String table, Map<String, AttributeValue> item) {
    aws.clients().dynamoDb().putItem(put -> put.tableName(aws.tableName(table)).item(item));
  }

  Census census() {
    return Census.take(aws.clients().dynamoDb(), aws.tableName("ConversationRecordsTable"));
  }

  String jobsPath() {
    return "/api/public/bot/" + bot + "/conversations/delete";
  }

  String previewsPath() {
    return "/api/public/bot/" + bot + "/conversations/deletion-previews";
  }

  String holdsPath() {
    return "/api/public/bot/" + bot + "/conversations/holds";
  }

  /** Places a hold, whose id is part of the path as it is sent. */
  Reply hold(String holdId, String body) {
    return send(
        request(holdsPath() + "/" + holdId)
            .header("auth", token)
            .PUT(BodyPublishers.ofString(body)));
  }

  Reply release(String holdId) {
    return send(request(holdsPath() + "/" + holdId).header("auth", token).DELETE());
  }

  String changeLogPath() {
    return "/api/public/bot/" + bot + "/changelogs";
  }

  Reply submit(String body) {
    return send(request(jobsPath()).header("auth", token).POST(BodyPublishers.ofString(body)));
  }

  /** Asks for a preview. */
  Reply askForPreview(String body) {
    return send(request(previewsPath()).header("auth", token).POST(BodyPublishers.ofString(body)));
  }

  Reply preview(String previewId) {
    return get(previewsPath() + "/" + previewId);
  }

  /** Asks for a preview, waits until it has completed, and returns its id. */
  String completedPreview(String body) {
    String id = askForPreview(body).body().path("previewId").asText();
    await(id)
        .atMost(PATIENCE)
        .until(() -> preview(id).body().path("status").asText().equals("completed"));
    return id;
  }

  Reply job(String jobId) {
    return get(jobsPath() + "/" + jobId);
  }

  Reply get(String path) {
    return send(request(path).header("auth", token).GET());
  }

  Reply cancel(String jobId) {
    return send(request(jobsPath() + "/" + jobId).header("auth", token).DELETE());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(aws.baseUrl() + path))
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(40));
  }

  Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      requireConformance(response);
      return new Reply(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Checks an answer of the API. Some paths are served beside the API, and its description leaves
   * them out.
   */
  private void requireConformance(HttpResponse<String> response) {
    String path = response.uri().getRawPath();
    if (path.equals("/") || path.startsWith("/_local/")) {
      return;
    }
    List<String> faults =
        conformance.faults(
            response.request().method(),
            path,
            response.statusCode(),
            response.headers().map(),
            response.body());
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "not as docs/openapi.yaml says: " + faults + " in " + response.body());
    }
  }

  JsonNode runOffPeak() {
    return switch (aws.tick()) {
      case InvocationResult.Success success ->
          parse(new String(success.payload(), StandardCharsets.UTF_8));
      case InvocationResult.FunctionError error ->
          throw new AssertionError("the run failed: " + error);
    };
  }

  /** Sends the owner a mail that is not from the service. */
  void sendMail(String subject, String html) {
    aws.clients()
        .ses()
        .sendEmail(
            mail ->
                mail.source(aws.template().parameter("SenderAddress"))
                    .destination(to -> to.toAddresses(OWNER))
                    .message(
                        message ->
                            message
                                .subject(text -> text.data(subject))
                                .body(body -> body.html(text -> text.data(html)))));
  }

  private JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    aws.close();
    http.close();
  }

  /** An answer of the API. */
  final class Reply {

    private final HttpResponse<String> response;

    private Reply(HttpResponse<String> response) {
      this.response = response;
    }

    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    Map<String, List<String>> headers() {
      return response.headers().map();
    }

    String text() {
      return response.body();
    }

    JsonNode body() {
      return parse(response.body());
    }

    /** The codes of the faults of a problem document, by field. */
    List<String> faults() {
      return body()
          .path("errors")
          .valueStream()
          .map(fault -> fault.path("field").asText() + ": " + fault.path("code").asText())
          .toList();
    }
  }
}
