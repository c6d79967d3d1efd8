package conversations.deletion.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import conversations.deletion.local.invoke.InProcessInvoker;
import conversations.deletion.local.template.Account;
import conversations.deletion.local.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {

  private static final AtomicInteger AUTHORIZATIONS = new AtomicInteger();
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private Instant now = Instant.parse("2026-05-08T06:22:56.097Z");
  private InProcessInvoker invoker;
  private Gateway gateway;
  private GatewayServer server;
  private int port;

  /** Answers by the token: a policy's effect, {@code Unauthorized}, or a fault. */
  public static final class TokenHandler
      implements RequestHandler<APIGatewayCustomAuthorizerEvent, Map<String, Object>> {

    @Override
    public Map<String, Object> handleRequest(
        APIGatewayCustomAuthorizerEvent event, Context context) {
      AUTHORIZATIONS.incrementAndGet();
      String token = event.getAuthorizationToken();
      Map<String, String> statement =
          Map.of(
              "Effect", token.equals("deny") ? "Deny" : "Allow",
              "Action", "execute-api:Invoke",
              "Resource", token.equals("other") ? "arn:aws:other" : event.getMethodArn());
      return switch (token) {
        case "unauthorized" -> throw new IllegalStateException("Unauthorized");
        case "broken" -> throw new IllegalStateException("no table");
        case "shapeless" -> Map.of("principalId", "app-1");
        case "nested" ->
            Map.of(
                "principalId",
                "app-1",
                "policyDocument",
                Map.of("Statement", List.of(statement)),
                "context",
                Map.of("scopes", List.of("a")));
        default ->
            Map.of(
                "principalId",
                "app-1",
                "policyDocument",
                Map.of("Version", "2012-10-17", "Statement", List.of(statement)),
                "context",
                Map.of("type", event.getType(), "number", 7, "flag", true));
      };
    }
  }

  /** Answers with the event that it got. */
  public static final class EchoHandler implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      new ObjectMapper()
          .writeValue(
              output,
              Map.of(
                  "statusCode",
                  200,
                  "body",
                  new String(input.readAllBytes(), StandardCharsets.UTF_8)));
    }
  }

  /** Returns the request's body as its result, so that a test can say what a function returns. */
  public static final class AnswerHandler implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      String body = new ObjectMapper().readTree(input).path("body").asText();
      switch (body) {
        case "throw" -> throw new IllegalStateException("broken");
        case "hang" -> hang();
        default -> output.write(body.getBytes(StandardCharsets.UTF_8));
      }
    }

    private static void hang() {
      try {
        NEVER.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    AUTHORIZATIONS.set(0);
    start(Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
    gateway.close();
    invoker.close();
  }

  @Test
  void passesOnTheRequestAsAProxyEvent() throws Exception {
    JsonNode event =
        echoed(
            request("/echo/a%2Fb?x=1&x=2&empty=&q=%C3%BC+z")
                .header("auth", "good")
                .header("X-Many", "first")
                .header("X-Many", "last")
                .POST(BodyPublishers.ofString("{\"text\":\"ü\"}")));

    assertThat(event.path("resource").asText()).isEqualTo("/echo/{name}");
    assertThat(event.path("path").asText()).isEqualTo("/echo/a%2Fb");
    assertThat(event.path("httpMethod").asText()).isEqualTo("POST");
    assertThat(event.at("/pathParameters/name").asText()).isEqualTo("a/b");
    assertThat(event.at("/queryStringParameters/x").asText()).isEqualTo("2");
    assertThat(event.at("/queryStringParameters/empty").asText()).isEmpty();
    assertThat(event.at("/queryStringParameters/q").asText()).isEqualTo("ü z");
    assertThat(event.at("/multiValueQueryStringParameters/x").toString())
        .isEqualTo("[\"1\",\"2\"]");
    assertThat(event.at("/headers/X-many").asText()).isEqualTo("last");
    assertThat(event.at("/multiValueHeaders/X-many").toString()).isEqualTo("[\"first\",\"last\"]");
    assertThat(event.path("body").asText()).isEqualTo("{\"text\":\"ü\"}");
    assertThat(event.path("isBase64Encoded").asBoolean(true)).isFalse();
    JsonNode context = event.path("requestContext");
    assertThat(context.path("accountId").asText()).isEqualTo("123456789012");
    assertThat(context.path("stage").asText()).isEqualTo("dev");
    assertThat(context.path("path").asText()).isEqualTo("/echo/a%2Fb");
    assertThat(context.path("resourcePath").asText()).isEqualTo("/echo/{name}");
    assertThat(context.path("requestTimeEpoch").asLong()).isEqualTo(now.toEpochMilli());
    assertThat(context.path("requestTime").asText()).isEqualTo("08/May/2026:06:22:56 +0000");
    assertThat(context.at("/identity/sourceIp").asText()).isEqualTo("127.0.0.1");
  }

  @Test
  void passesOnWhatTheAuthorizerToldAsStrings() throws Exception {
    JsonNode event = echoed(request("/echo/x").header("auth", "good"));

    assertThat(event.at("/requestContext/authorizer"))
        .isEqualTo(
            json.readTree(
                """
                {"type":"TOKEN","number":"7","flag":"true","principalId":"app-1"}
                """));
  }

  @Test
  void sendsNullForWhatTheRequestDoesNotHave() throws Exception {
    JsonNode event = echoed(request("/echo/x").header("auth", "good"));

    assertThat(event.get("queryStringParameters").isNull()).isTrue();
    assertThat(event.get("multiValueQueryStringParameters").isNull()).isTrue();
    assertThat(event.get("body").isNull()).isTrue();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"GET, /unknown", "DELETE, /echo/x", "HEAD, /echo/x", "GET, /"})
  void answersMissingAuthenticationTokenForUnknownRoutesAndMethods(String method, String path)
      throws Exception {
    HttpResponse<String> response = send(request(path).method(method, BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("x-amzn-ErrorType"))
        .contains("MissingAuthenticationTokenException");
    if (!method.equals("HEAD")) {
      assertThat(response.body()).isEqualTo("{\"kind\":\"MISSING_AUTHENTICATION_TOKEN\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void answersUnauthorizedToAnEmptyTokenWithoutAskingTheAuthorizer(String token) throws Exception {
    assertThat(send(request("/echo/x").header("auth", token)).statusCode()).isEqualTo(401);
    assertThat(AUTHORIZATIONS).hasValue(0);
  }

  @Test
  void wordsItsOwnAnswersByTheTemplate() throws Exception {
    HttpResponse<String> response = send(request("/echo/x"));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    String requestId = response.headers().firstValue("x-amzn-RequestId").orElseThrow();
    assertThat(json.readTree(response.body()))
        .isEqualTo(
            json.createObjectNode()
                .put("title", "Unauthorized")
                .put("instance", requestId)
                .put("said", "Unauthorized"));
  }

  @ParameterizedTest(name = "a token that is {0}: {1} {2}")
  @CsvSource({
    "unauthorized, 401, UnauthorizedException",
    "deny, 403, AccessDeniedException",
    "other, 403, AccessDeniedException",
    "broken, 500, AuthorizerConfigurationException",
    "shapeless, 500, AuthorizerConfigurationException",
    "nested, 500, AuthorizerConfigurationException"
  })
  void answersForTheAuthorizer(String token, int status, String errorType) throws Exception {
    HttpResponse<String> response = send(request("/echo/x").header("auth", token));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains(errorType);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "a.b.c.d", "a.b.c!", "x a.b.c", "a..c", "A.B.C"})
  void asksNoAuthorizerAboutATokenThatIsNotOfTheFormAsAWhole(String token) throws Exception {
    stop();
    start(Map.of("TokenForm", "[a-z]+\\.[a-z]+\\.[a-z]+"));

    HttpResponse<String> refused = send(request("/echo/x").header("auth", token));
    HttpResponse<String> taken = send(request("/echo/x").header("auth", "a.b.c"));

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("x-amzn-ErrorType")).contains("UnauthorizedException");
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(AUTHORIZATIONS).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deny", "other"})
  void answersAccessDeniedByTheTemplateAndKeepsADeny(String token) throws Exception {
    stop();
    start(Map.of("DeniedAs", "401"));

    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response = send(request("/echo/x").header("auth", token));
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("x-amzn-ErrorType"))
          .contains("AccessDeniedException");
    }
    assertThat(AUTHORIZATIONS).hasValue(1);

    now = now.plusSeconds(300);
    send(request("/echo/x").header("auth", token));
    assertThat(AUTHORIZATIONS).hasValue(2);
  }

  @Test
  void fallsBackToTheWordsOfAwsWhereTheTemplateHasNone() throws Exception {
    HttpResponse<String> response = send(request("/echo/x").header("auth", "broken"));

    assertThat(response.body()).isEqualTo("{\"message\":null}");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void keepsTheAuthorizersAnswerForATokenUntilItsTimeIsOver() throws Exception {
    send(request("/echo/x").header("auth", "good"));
    now = now.plusSeconds(299);
    send(request("/echo/x").header("auth", "good"));
    assertThat(AUTHORIZATIONS).hasValue(1);

    send(request("/echo/x").header("auth", "better"));
    assertThat(AUTHORIZATIONS).hasValue(2);

    now = now.plusSeconds(1);
    send(request("/echo/x").header("auth", "good"));
    assertThat(AUTHORIZATIONS).hasValue(3);
  }

  @Test
  void holdsAKeptPolicyAgainstEveryRoute() throws Exception {
    // The policy that the authorizer gave for the first path allows only that path.
    assertThat(send(request("/echo/x").header("auth", "good")).statusCode()).isEqualTo(200);
    assertThat(send(request("/echo/y").header("auth", "good")).statusCode()).isEqualTo(403);
    assertThat(AUTHORIZATIONS).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unauthorized", "broken", "shapeless"})
  void keepsNoErrorOfTheAuthorizer(String token) throws Exception {
    send(request("/echo/x").header("auth", token));
    send(request("/echo/x").header("auth", token));

    assertThat(AUTHORIZATIONS).hasValue(2);
  }

  @Test
  void keepsNothingWhereTheTemplateSaysSo() throws Exception {
    stop();
    start(Map.of("KeptFor", "0"));

    send(request("/echo/x").header("auth", "good"));
    send(request("/echo/x").header("auth", "good"));

    assertThat(AUTHORIZATIONS).hasValue(2);
  }

  @Test
  void passesOnTheFunctionsStatusHeadersAndBody() throws Exception {
    HttpResponse<String> response =
        returned(
            """
            {"statusCode":202,"headers":{"Content-Type":"text/plain","Location":"/x","Date":"then"},
             "multiValueHeaders":{"X-Many":["a","b"]},"body":"ü","isBase64Encoded":false}
            """);

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("ü");
    assertThat(response.headers().allValues("Content-Type")).containsExactly("text/plain");
    assertThat(response.headers().firstValue("Location")).contains("/x");
    assertThat(response.headers().allValues("X-Many")).containsExactly("a", "b");
    assertThat(response.headers().firstValue("x-amzn-Remapped-Date")).contains("then");
    assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
  }

  @Test
  void takesAnEmptyResultForAnEmptyAnswer() throws Exception {
    HttpResponse<String> response = returned("{}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw",
        "null",
        "[]",
        "no JSON",
        "{\"statusCode\":\"many\"}",
        "{\"statusCode\":99}",
        "{\"statusCode\":200,\"body\":{}}",
        "{\"statusCode\":200,\"cookies\":[]}",
        "{\"statusCode\":200,\"headers\":{\"a\":[]}}"
      })
  void answersBadGatewayToAFailureOrAResultThatIsNoAnswer(String result) throws Exception {
    HttpResponse<String> response = returned(result);

    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).isEqualTo("{\"message\":\"Internal server error\"}");
  }

  @Test
  void givesUpOnAFunctionThatTakesTooLong() throws Exception {
    HttpResponse<String> response = returned("hang");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("{\"said\":\"Endpoint request timed out\"}");
  }

  @Test
  void refusesABodyOverTenMegabytes() throws Exception {
    HttpResponse<String> response =
        send(request("/answer").POST(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1])));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).isEqualTo("{\"kind\":\"REQUEST_TOO_LARGE\"}");
  }

  @Test
  void refusesAnEventThatLambdaWouldNotTake() throws Exception {
    String body = "x".repeat(6 * 1024 * 1024);

    assertThat(send(request("/answer").POST(BodyPublishers.ofString(body))).statusCode())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /echo/{x} HTTP/1.1",
        "GET /echo/<jobId> HTTP/1.1",
        "GET /echo/x?a={ HTTP/1.1",
        "GET /echo/x?a=b|c HTTP/1.1",
        "GET /echo/x?a=%ZZ HTTP/1.1",
        "GET /echo/%ZZ HTTP/1.1",
        "GET /echo/%00 HTTP/1.1",
        "GET /echo/x y HTTP/1.1",
        "GET",
        "G<T /echo/x HTTP/1.1"
      })
  void saysOfWhatItCantReadHowItIsWritten(String requestLine) throws Exception {
    String answer = sentRaw(requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .contains("Content-Type: application/problem+json\r\n", "\"errors\":[]")
        .contains("percent-encode them: { is %7B");
    assertThat(AUTHORIZATIONS).hasValue(0);
  }

  @Test
  void saysNothingOfAFaultOfItsOwn() throws Exception {
    server.handle(
        "/fault",
        exchange -> {
          try (exchange) {
            throw new IllegalStateException("what nobody is to read");
          }
        });

    HttpResponse<String> response = send(request("/fault"));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"message\":\"Internal server error\"}");
  }

  /** Tests and the embedded services need the server of the JDK. */
  @Test
  void leavesTheServerOfTheJdkToOthers() throws IOException {
    HttpServer jdk = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);

    assertThat(jdk.getClass().getName()).startsWith("sun.net.httpserver.");
    jdk.stop(0);
  }

  private String sentRaw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void refusesHeadersOverTheirLimit() throws Exception {
    assertThat(send(request("/echo/x").header("auth", "x".repeat(10_240))).statusCode())
        .isEqualTo(431);
    assertThat(AUTHORIZATIONS).hasValue(0);
  }

  private void start(Map<String, String> parameters) throws IOException {
    Template template =
        Template.read(
            Path.of("src/test/resources/gateway-template.yaml"),
            parameters,
            new Account("123456789012", "eu-central-1", "test"),
            name -> name);
    invoker =
        new InProcessInvoker(
            (className, environment) -> Class.forName(className).getConstructor().newInstance(),
            System.out);
    gateway = new Gateway(template, invoker, () -> now, Duration.ofSeconds(2));
    server = new GatewayServer(new InetSocketAddress("127.0.0.1", 0), gateway);
    server.handle("/", gateway);
    port = server.start();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> returned(String result) throws IOException, InterruptedException {
    return send(request("/answer").POST(BodyPublishers.ofString(result)));
  }

  private JsonNode echoed(HttpRequest.Builder request) throws IOException, InterruptedException {
    return json.readTree(send(request).body());
  }
}
