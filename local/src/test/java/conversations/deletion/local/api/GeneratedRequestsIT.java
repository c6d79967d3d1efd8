package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.domain.StackKey;
import conversations.deletion.local.api.OpenApiDocument.Place;
import conversations.deletion.local.api.Service.Reply;
import conversations.deletion.local.invoke.InProcessInvoker;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.invoke.InvocationResult.Success;
import conversations.deletion.local.template.ApiDefinition;
import conversations.deletion.local.template.FunctionDefinition;
import conversations.deletion.local.template.RouteDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API answers every request in time, as its description says, and without a failure of its own.
 * It repeats nothing of the request in headers, error bodies or logs.
 */
class GeneratedRequestsIT {

  private static final int IN_PROCESS = 10_000;
  private static final int OVER_HTTP = 500;
  private static final Duration LONGEST = Duration.ofSeconds(15);

  /**
   * Faults that the schema of a body can't express. A 400 with only one of these does not
   * contradict the schema.
   */
  private static final Set<String> BEYOND_SCHEMAS =
      Set.of(
          "invalid_date",
          "future_end_date",
          "start_after_end",
          "not_before_too_late",
          "too_many_ids",
          "invalid_reference",
          "invalid_reason",
          "invalid_idempotency_key");

  private static final OpenApiDocument DOCUMENT = OpenApiDocument.get();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Map<String, Integer> ANSWERS = new TreeMap<>();

  private static final InProcessInvoker IN_MEMORY =
      new InProcessInvoker(new InMemoryFunctions(GeneratedRequestsIT::stackKey), System.out);

  private static Console console;
  private static Service service;
  private static String token;
  private static RequestArbitraries arbitraries;
  private static Map<String, String> identity;
  private static final Map<String, FunctionDefinition> FUNCTIONS = new HashMap<>();

  @BeforeContainer
  static void start() throws IOException {
    console = new Console(true);
    service = Service.start();
    List<String> bots = IntStream.range(0, 40).mapToObj(_ -> "st-" + UUID.randomUUID()).toList();
    ClientApp app = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    Map<String, Set<String>> scopes = new HashMap<>();
    bots.forEach(bot -> scopes.put(bot, Service.ALL_SCOPES));
    service.aws.registrations().register(app, "Generator", scopes);
    token = app.token(Duration.ofMinutes(20));
    identity = identity();
    for (RouteDefinition route : service.aws.template().api().routes()) {
      FUNCTIONS.put(
          route.method() + " " + route.path(), service.aws.template().function(route.functionId()));
    }
    Map<String, String> jobs = new HashMap<>();
    Map<String, String> previews = new HashMap<>();
    Map<String, String> holds = new HashMap<>();
    for (String bot : bots) {
      jobs.put(bot, submitted("submitDeletionJob", bot, "jobId"));
      previews.put(bot, submitted("submitDeletionPreview", bot, "previewId"));
      holds.put(bot, placed(bot, "case-" + bot));
    }
    arbitraries = new RequestArbitraries(DOCUMENT, jobs, previews, holds);
  }

  @AfterContainer
  static void stop() {
    // The service was not started if the chosen peer is not available.
    if (service != null) {
      service.close();
    }
    console.close();
    System.out.println("Generated requests, by operation and status: " + ANSWERS);
  }

  @Provide
  Arbitrary<GeneratedRequest> requests() {
    return arbitraries.requests();
  }

  @Property(tries = IN_PROCESS, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void everyFunctionAnswersAsDescribed(@ForAll("requests") GeneratedRequest request)
      throws IOException {
    console.clear();

    InvocationResult result = invoke(request);

    assertThat(result).isInstanceOf(Success.class);
    JsonNode answer = JSON.readTree(((Success) result).payload());
    Map<String, List<String>> headers = new HashMap<>();
    answer
        .path("headers")
        .properties()
        .forEach(one -> headers.put(one.getKey(), List.of(one.getValue().asText())));
    int status = answer.path("statusCode").asInt();
    String body = answer.path("body").asText();
    ANSWERS.merge(request.operation().id() + " " + status, 1, Integer::sum);
    assertThat(status).as(body).isLessThan(500);
    assertThat(
            service.conformance.faults(
                request.operation().method(), request.path(), status, headers, body))
        .isEmpty();
    assertBodyWasJudgedAsDescribed(request, status, body);
    assertNothingRepeated(headers.toString(), status, body);
  }

  @Property(tries = OVER_HTTP, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void theWholeServiceAnswersAsDescribed(@ForAll("requests") GeneratedRequest request) {
    console.clear();

    Reply reply = send(request);

    assertThat(reply.status()).as(reply.text()).isLessThan(500);
    assertNothingRepeated(reply.headers().toString(), reply.status(), reply.text());
  }

  private static void assertBodyWasJudgedAsDescribed(
      GeneratedRequest request, int status, String body) throws IOException {
    Place schema =
        request.operation().place().at("requestBody").at("content").at("application/json");
    if (!schema.exists() || (status >= 300 && status != 400)) {
      return;
    }
    boolean fits;
    try {
      fits = schema.at("schema").faultsOf(STRICT.readTree(request.body())).isEmpty();
    } catch (JacksonException | IllegalArgumentException _) {
      fits = false;
    }
    if (status < 300) {
      assertThat(fits).as("accepted, but not allowed by the schema: %s", request.body()).isTrue();
    } else if (fits) {
      List<String> codes = new ArrayList<>();
      for (JsonNode fault : JSON.readTree(body).path("errors")) {
        // The id of a hold is no part of the body.
        if (!fault.path("field").asText().equals("holdId")) {
          codes.add(fault.path("code").asText());
        }
      }
      assertThat(codes).as(request.body()).isSubsetOf(BEYOND_SCHEMAS);
    }
  }

  private static void assertNothingRepeated(String headers, int status, String body) {
    assertThat(headers).doesNotContain(RequestArbitraries.MARK);
    assertThat(console.text()).doesNotContain(RequestArbitraries.MARK);
    if (status >= 300) {
      assertThat(body).doesNotContain(RequestArbitraries.MARK);
    }
  }

  /**
   * Submits a job or a preview that both have under the same id, which depends on the bot, the
   * client app and the key.
   */
  private static String submitted(String operation, String bot, String idField) {
    GeneratedRequest request =
        new GeneratedRequest(
            DOCUMENT.operation(operation),
            bot,
            "",
            List.of(),
            Map.of("Content-Type", "application/json", "Idempotency-Key", "first"),
            "{\"conversationIds\":[\"c-1\",\"c-2\"]}");
    String id = send(request).body().path(idField).asText();
    assertThat(((Success) invoke(request)).text()).contains(id);
    return id;
  }

  /** Places a hold that both have. */
  private static String placed(String bot, String id) {
    GeneratedRequest request =
        new GeneratedRequest(
            DOCUMENT.operation("placeHold"),
            bot,
            id,
            List.of(),
            Map.of("Content-Type", "application/json"),
            "{\"conversationIds\":[\"c-1\",\"c-2\"],\"reason\":\"A case\"}");
    assertThat(send(request).status()).isEqualTo(201);
    assertThat(((Success) invoke(request)).text()).contains(id);
    return id;
  }

  private static StackKey stackKey(String arn) {
    return new StackKey(
        service
            .aws
            .clients()
            .secretsManager()
            .getSecretValue(request -> request.secretId(arn))
            .secretString()
            .getBytes(StandardCharsets.UTF_8));
  }

  private static InvocationResult invoke(GeneratedRequest request) {
    return IN_MEMORY.invoke(
        FUNCTIONS.get(request.operation().method() + " " + request.operation().path()),
        request.event(identity),
        Instant.now().plus(LONGEST));
  }

  private static Reply send(GeneratedRequest request) {
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(URI.create(service.aws.baseUrl() + request.target()))
            .timeout(LONGEST)
            .header("auth", token)
            .method(
                request.operation().method(),
                request.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().forEach(sent::header);
    return service.send(sent);
  }

  /** The context that the authorizer really returns for the token. */
  private static Map<String, String> identity() throws IOException {
    ApiDefinition.Authorizer authorizer = service.aws.template().api().authorizer().orElseThrow();
    String event =
        JSON.createObjectNode()
            .put("type", "TOKEN")
            .put("methodArn", "arn:aws:execute-api:eu-central-1:000000000000:api/dev/GET/")
            .put("authorizationToken", token)
            .toString();
    InvocationResult result =
        service
            .aws
            .invoker()
            .invoke(
                service.aws.template().function(authorizer.functionId()),
                event.getBytes(StandardCharsets.UTF_8));
    Map<String, String> context = new HashMap<>();
    JSON.readTree(((Success) result).payload())
        .path("context")
        .properties()
        .forEach(one -> context.put(one.getKey(), one.getValue().asText()));
    return context;
  }
}
