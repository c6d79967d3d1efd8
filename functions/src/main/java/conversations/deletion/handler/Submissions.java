package conversations.deletion.handler;

import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.Submission;
import conversations.deletion.handler.Endpoint.Request;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the endpoints have in common that accept a request and work on it later. */
final class Submissions {

  private Submissions() {}

  /**
   * Reads a request that was submitted now.
   *
   * @throws ProblemException with all faults of the request
   */
  static <R extends DeletionRequest> Submission<R> read(
      Request request, Instant now, Parser<R> parser) {
    String body = JsonBody.of(request.event());
    Faults faults = new Faults();
    Optional<IdempotencyKey> key = IdempotencyKeyHeader.of(request.event(), faults);
    return new Submission<>(
        request.bot(),
        request.clientApp(),
        key,
        request.invocation(),
        parser.parse(body, now, faults),
        now);
  }

  /**
   * The answer to a request that is accepted; the same for the first request with an idempotency
   * key and for later ones, but for a header that tells them apart.
   *
   * @param location where the caller can ask how it goes
   * @param retryAfter after how many seconds it is worth to ask
   * @param replayed whether an earlier request with the same key was accepted
   */
  static Answer accepted(
      String location, long retryAfter, Map<String, Object> body, boolean replayed) {
    Answer answer =
        Answer.json(
            202, Map.of("Location", location, "Retry-After", Long.toString(retryAfter)), body);
    return replayed ? answer.with(Map.of(IdempotencyKeyHeader.REPLAYED, "true")) : answer;
  }

  /** Reads the body of a request. */
  @FunctionalInterface
  interface Parser<R extends DeletionRequest> {

    /**
     * Reads it.
     *
     * @param now the moment of submission
     * @param faults the faults of the rest of the request
     * @throws ProblemException with all faults of the request
     */
    R parse(String body, Instant now, Faults faults);
  }
}
