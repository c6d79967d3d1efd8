package conversations.deletion.handler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem document (RFC 9457). Its type is the URI of what explains the status: the codes of its
 * faults say the rest.
 *
 * @param status the HTTP status
 * @param title the status in words
 * @param detail what is wrong, in a sentence
 * @param errors all faults of the request; empty if it has none
 * @param headers headers that belong to the status
 */
record Problem(
    int status, String title, String detail, List<Fault> errors, Map<String, String> headers) {

  private static final String RETRY_AFTER_SECONDS = "5";
  private static final String RFC = "https://www.rfc-editor.org/rfc/";
  private static final Map<Integer, String> TYPES =
      Map.ofEntries(
          Map.entry(400, "rfc9110#section-15.5.1"),
          Map.entry(401, "rfc9110#section-15.5.2"),
          Map.entry(403, "rfc9110#section-15.5.4"),
          Map.entry(404, "rfc9110#section-15.5.5"),
          Map.entry(409, "rfc9110#section-15.5.10"),
          Map.entry(413, "rfc9110#section-15.5.14"),
          Map.entry(415, "rfc9110#section-15.5.16"),
          Map.entry(422, "rfc9110#section-15.5.21"),
          Map.entry(429, "rfc6585#section-4"),
          Map.entry(500, "rfc9110#section-15.6.1"),
          Map.entry(503, "rfc9110#section-15.6.4"));

  Problem {
    errors = List.copyOf(errors);
  }

  static Problem badRequest(String detail, List<Fault> errors) {
    return new Problem(400, "Bad Request", detail, errors, Map.of());
  }

  /** The same answer as API Gateway's for a token that the authorizer refuses. */
  static Problem invalidToken() {
    return unauthorized(
        "invalid_token",
        "A JWT signed by a registered client app is expected, without Bearer before it, with the"
            + " claims appId, exp and iat, and jti where the client app requires it. Only where the"
            + " client app allows undated tokens may exp and iat be missing. By its iat it may be no"
            + " older than this service takes, an hour by default, and an aud must name this"
            + " service.");
  }

  static Problem tokenAlreadyUsed() {
    return unauthorized(
        "token_already_used", "This token was good for one request only, and has been used.");
  }

  private static Problem unauthorized(String code, String message) {
    return new Problem(
        401,
        "Unauthorized",
        "The auth header holds no valid token.",
        List.of(new Fault("auth", code, message)),
        Map.of());
  }

  static Problem forbidden() {
    return of(403, "Forbidden", "The client app may not do this with this bot.");
  }

  static Problem notFound() {
    return of(404, "Not Found", "There is no such resource.");
  }

  static Problem conflict(String detail, Fault fault) {
    return new Problem(409, "Conflict", detail, List.of(fault), Map.of());
  }

  static Problem tooLarge(String detail) {
    return of(413, "Content Too Large", detail);
  }

  static Problem unsupportedMediaType() {
    return of(415, "Unsupported Media Type", "The body must be sent as application/json.");
  }

  static Problem idempotencyKeyReused() {
    return new Problem(
        422,
        "Unprocessable Content",
        "The Idempotency-Key belongs to another request.",
        List.of(
            new Fault(
                "Idempotency-Key",
                "idempotency_key_reused",
                "This key was used before, for another request.")),
        Map.of());
  }

  static Problem tooManyOpenJobs(long retryAfterSeconds) {
    return tooManyRequests(
        "The bot has too many open jobs.",
        List.of(
            new Fault(
                "botId",
                "too_many_open_jobs",
                "The bot has as many jobs that have not ended as it may have.")),
        retryAfterSeconds);
  }

  static Problem tooManyRequests(String detail, long retryAfterSeconds) {
    return tooManyRequests(detail, List.of(), retryAfterSeconds);
  }

  private static Problem tooManyRequests(
      String detail, List<Fault> errors, long retryAfterSeconds) {
    return new Problem(
        429,
        "Too Many Requests",
        detail,
        errors,
        Map.of("Retry-After", Long.toString(retryAfterSeconds)));
  }

  static Problem internal() {
    return of(500, "Internal Server Error", "The request failed.");
  }

  static Problem unavailable() {
    return new Problem(
        503,
        "Service Unavailable",
        "The request was not served. It can be sent again.",
        List.of(),
        Map.of("Retry-After", RETRY_AFTER_SECONDS));
  }

  private static Problem of(int status, String title, String detail) {
    return new Problem(status, title, detail, List.of(), Map.of());
  }

  /** The problem as an answer. */
  Answer toAnswer(String requestId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", type());
    body.put("title", title);
    body.put("status", status);
    body.put("detail", detail);
    body.put("instance", requestId);
    body.put("errors", errors.stream().map(Problem::toJson).toList());
    return new Answer(status, "application/problem+json", headers, body);
  }

  /** The same for each service and for the gateway's own answers, which the template words. */
  private String type() {
    return RFC + TYPES.get(status);
  }

  private static Map<String, Object> toJson(Fault fault) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("field", fault.field());
    json.put("code", fault.code());
    json.put("message", fault.message());
    return json;
  }
}
