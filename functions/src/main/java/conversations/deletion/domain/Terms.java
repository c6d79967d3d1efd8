package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What goes with a request to delete, whatever it asks for.
 *
 * @param reference the caller's own name for the request; absent if it gave none, or if the job has
 *     forgotten its details
 * @param notBefore nothing is deleted before this moment. Of a request it is the moment that the
 *     caller named. Of a job it is the one that counts: the stack may set a later one. Absent if
 *     nobody named one
 */
public record Terms(Optional<Reference> reference, Optional<Instant> notBefore) {

  /** Nothing goes with the request. */
  public static final Terms NONE = new Terms(Optional.empty(), Optional.empty());

  /** A reference, or none, and nothing else. */
  public static Terms of(Optional<Reference> reference) {
    return new Terms(reference, Optional.empty());
  }

  /** The same terms without the reference, which may be about a person. */
  public Terms forgotten() {
    return new Terms(Optional.empty(), notBefore);
  }

  /**
   * The terms of a job that is made of a request with these.
   *
   * @param submittedAt when the request was accepted
   * @param least how long the stack lets every job wait; zero if it does not
   */
  public Terms ofJob(Instant submittedAt, Duration least) {
    Instant earliest = submittedAt.plus(least);
    if (notBefore.isEmpty() && least.isZero()) {
      return this;
    }
    return new Terms(reference, Optional.of(notBefore.filter(earliest::isBefore).orElse(earliest)));
  }
}
