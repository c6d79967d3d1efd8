package conversations.deletion.client.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.registration.ClientApp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The API for one bot. Each request has a token of its own with a {@code jti}, so it does not
 * matter whether the client app's tokens are good only once.
 *
 * <p>Every method throws a {@link Failure} if the service refuses or does not answer.
 */
public final class Api implements AutoCloseable {

  /** API Gateway answers within 29 seconds, even if the function behind it does not. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(40);

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration TOKEN_VALIDITY = Duration.ofMinutes(5);

  private final ObjectMapper json =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** A redirect is not followed: it would take the token elsewhere. */
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_WITHIN)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final URI baseUrl;
  private final String bot;
  private final ClientApp app;
  private final String whenUnreachable;
  private final InstantSource clock;

  /**
   * The API for a bot.
   *
   * @param baseUrl the service's URL, without a slash at the end
   * @param whenUnreachable the remedy if nothing answers
   * @param clock the wall clock
   */
  public Api(URI baseUrl, String bot, ClientApp app, String whenUnreachable, InstantSource clock) {
    this.baseUrl = baseUrl;
    this.bot = bot;
    this.app = app.whoseTokensAreGoodOnce();
    this.whenUnreachable = whenUnreachable;
    this.clock = clock;
  }

  /**
   * Submits a job.
   *
   * @param body the request, as JSON
   * @param idempotencyKey makes it safe to send the request again
   */
  public ApiAnswer submit(String body, String idempotencyKey) {
    return post(jobs(), body, idempotencyKey);
  }

  /**
   * Asks for a preview. Nothing is deleted by it.
   *
   * @param body the request, as JSON
   * @param idempotencyKey makes it safe to send the request again
   */
  public ApiAnswer requestPreview(String body, String idempotencyKey) {
    return post(previews(), body, idempotencyKey);
  }

  public ApiAnswer preview(String previewId) {
    return send(request(preview(previewId, "")).GET());
  }

  /** A page of the conversations that a preview lists. */
  public ApiAnswer previewedConversations(String previewId, Map<String, String> query) {
    return send(request(preview(previewId, "/conversations") + text(query)).GET());
  }

  public ApiAnswer job(String jobId) {
    return send(request(job(jobId, "")).GET());
  }

  /** A page of the bot's jobs. */
  public ApiAnswer jobs(Map<String, String> query) {
    return send(request(jobs() + text(query)).GET());
  }

  public ApiAnswer cancel(String jobId) {
    return send(request(job(jobId, "")).DELETE());
  }

  /** A page of a job's conversations. */
  public ApiAnswer conversations(String jobId, Map<String, String> query) {
    return send(request(job(jobId, "/conversations") + text(query)).GET());
  }

  /**
   * Places a hold. The same request again changes nothing.
   *
   * @param body the request, as JSON
   */
  public ApiAnswer placeHold(String holdId, String body) {
    return send(withJson(request(holdPath(holdId))).PUT(BodyPublishers.ofString(body)));
  }

  public ApiAnswer releaseHold(String holdId) {
    return send(request(holdPath(holdId)).DELETE());
  }

  /** A hold, with the jobs that wait for it. */
  public ApiAnswer hold(String holdId) {
    return send(request(holdPath(holdId)).GET());
  }

  /** A page of the bot's holds. */
  public ApiAnswer holds(Map<String, String> query) {
    return send(request(holds() + text(query)).GET());
  }

  /** A page of the bot's change log. */
  public ApiAnswer changeLog(Map<String, String> query) {
    return send(request("/changelogs" + text(query)).GET());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static String jobs() {
    return "/conversations/delete";
  }

  private static String job(String jobId, String below) {
    return jobs() + "/" + encoded(jobId) + below;
  }

  private static String previews() {
    return "/conversations/deletion-previews";
  }

  private static String preview(String previewId, String below) {
    return previews() + "/" + encoded(previewId) + below;
  }

  private static String holds() {
    return "/conversations/holds";
  }

  private static String holdPath(String holdId) {
    return holds() + "/" + encoded(holdId);
  }

  private static String text(Map<String, String> query) {
    return query.isEmpty()
        ? ""
        : query.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private ApiAnswer post(String path, String body, String idempotencyKey) {
    return send(
        withJson(request(path))
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder withJson(HttpRequest.Builder request) {
    return request.header("Content-Type", "application/json");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(baseUrl + "/api/public/bot/" + encoded(bot) + path))
        .timeout(ANSWER_WITHIN)
        .header("auth", app.token(TOKEN_VALIDITY));
  }

  private ApiAnswer send(HttpRequest.Builder request) {
    try {
      return read(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new Failure(
          ExitStatus.UNREACHABLE, baseUrl + " does not answer: " + reason(e), whenUnreachable, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an answer", e);
    }
  }

  private ApiAnswer read(HttpResponse<String> response) throws JsonProcessingException {
    Optional<Duration> retryAfter =
        response
            .headers()
            .firstValue("Retry-After")
            .flatMap(header -> RetryAfter.read(header, clock.instant()));
    try {
      JsonNode body = json.readTree(response.body());
      if (response.statusCode() / 100 != 2) {
        throw Problem.of(response.statusCode(), body).failure(response.body(), retryAfter);
      }
      return new ApiAnswer(response.body(), body, retryAfter);
    } catch (JsonProcessingException e) {
      throw new Failure(
          ExitStatus.UNREACHABLE,
          "%s answered %d, but not with JSON".formatted(baseUrl, response.statusCode()),
          "Check that this is the URL of the service's API.",
          e);
    }
  }

  private static String reason(IOException e) {
    return Optional.ofNullable(e.getMessage())
        .or(() -> Optional.ofNullable(e.getCause()).map(Throwable::getMessage))
        .orElse(e.getClass().getSimpleName());
  }
}
