package conversations.deletion.application.jobs;

import conversations.deletion.application.jobs.FixTarget.Fixed;
import conversations.deletion.application.jobs.FixTarget.Refused;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.application.port.PreviewNotUsableException;
import conversations.deletion.application.port.StackSecret;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.RequestFingerprint;
import conversations.deletion.domain.Submission;
import conversations.deletion.domain.Terms;
import java.time.Instant;
import java.util.Optional;

/**
 * Accepts a deletion job. From then on it is certain that the job is worked on.
 *
 * <p>The stored job makes that certain. The message that follows is only a hint: if it gets lost, a
 * sweep in an off-peak run finds the job.
 */
public final class SubmitDeletionJob {

  private final JobSubmissions jobs;
  private final LimitOpenJobs openJobs;
  private final StackSecret secret;
  private final FixTarget fixTarget;
  private final AnnounceJob announceJob;
  private final SubmissionSettings settings;
  private final OffPeakWindow window;

  /**
   * @param secret what hides idempotency keys and requests; read only for requests with a key
   */
  public SubmitDeletionJob(
      JobSubmissions jobs,
      LimitOpenJobs openJobs,
      StackSecret secret,
      FixTarget fixTarget,
      AnnounceJob announceJob,
      SubmissionSettings settings) {
    this.jobs = jobs;
    this.openJobs = openJobs;
    this.secret = secret;
    this.fixTarget = fixTarget;
    this.announceJob = announceJob;
    this.settings = settings;
    this.window = settings.window();
  }

  /**
   * Accepts a request, unless its idempotency key was used for another one, or the bot has too many
   * open jobs. A request that was accepted before is accepted again however many they are.
   */
  public Outcome submit(Submission<?> submission) {
    JobId id = jobId(submission);
    if (openJobs.isReached(submission.bot())) {
      return replay(submission, id)
          .orElseGet(() -> new TooManyOpenJobs(window.nextOpening(submission.submittedAt())));
    }
    return switch (fixTarget.fix(
        submission.bot(), submission.request(), submission.submittedAt())) {
      case Fixed fixed -> submit(submission, job(submission, id, fixed.target()), fixed);
      case Refused(PreviewRefusal why) -> replay(submission, id).orElse(new NoJob(why));
    };
  }

  private Outcome submit(Submission<?> submission, DeletionJob job, Fixed fixed) {
    boolean hasMessage = isReceivedWhenDue(job);
    DeletionJob stored;
    try {
      stored =
          jobs.submit(
              job,
              submission.request().listed(),
              ChangeLogEntry.submitted(job),
              hasMessage ? due(job).plus(settings.sweepGrace()) : due(job));
    } catch (PreviewNotUsableException _) {
      // It was usable a moment ago.
      return fixTarget.fix(submission.bot(), submission.request(), submission.submittedAt())
              instanceof Refused(PreviewRefusal why)
          ? new NoJob(why)
          : new NoJob(PreviewRefusal.USED_UP);
    }
    boolean replayed = !stored.equals(job);
    if (!replayed) {
      announceJob.announce(job, fixed.creation(), hasMessage);
    }
    return accepted(stored, job.requestFingerprint(), replayed);
  }

  /** The answer to a request that was accepted before, when it would not be accepted any more. */
  private Optional<Outcome> replay(Submission<?> submission, JobId id) {
    return submission
        .idempotencyKey()
        .flatMap(_ -> jobs.find(submission.bot(), id))
        .map(stored -> accepted(stored, submission.fingerprint(secret::key), true));
  }

  private Outcome accepted(
      DeletionJob stored, Optional<RequestFingerprint> asked, boolean replayed) {
    return stored.requestFingerprint().equals(asked)
        ? new Accepted(stored, due(stored), replayed)
        : new KeyReused();
  }

  /** The first moment at which a run may begin with a new job. */
  private Instant due(DeletionJob job) {
    return window.nextOpening(job.mayBeginAt());
  }

  /**
   * Tells whether a message that is sent now finds the job due. A run receives it at the next
   * opening of the window, and drops it if the job is to wait for longer. Then the sweep starts the
   * job.
   */
  private boolean isReceivedWhenDue(DeletionJob job) {
    return due(job).equals(window.nextOpening(job.submittedAt()));
  }

  private DeletionJob job(Submission<?> submission, JobId id, DeletionTarget target) {
    Terms terms =
        submission.request().terms().ofJob(submission.submittedAt(), settings.leastGrace());
    Instant mayBeginAt = terms.notBefore().orElse(submission.submittedAt());
    return new DeletionJob(
        submission.bot(),
        id,
        submission.clientApp(),
        target,
        submission.submittedAt(),
        JobState.submitted(
            window.nextOpening(mayBeginAt), submission.request().listed().size() + target.listed()),
        submission.fingerprint(secret::key),
        terms);
  }

  private JobId jobId(Submission<?> submission) {
    return submission
        .idempotencyKey()
        .map(key -> JobId.of(submission.bot(), submission.clientApp(), key, secret.key()))
        .orElseGet(
            () -> JobId.of(submission.bot(), submission.clientApp(), submission.invocation()));
  }

  /** The result of a submission. */
  public sealed interface Outcome {}

  /**
   * The request is accepted, by this submission or by an earlier one with the same key.
   *
   * @param job the job that it made
   * @param due the next opening of the window after the submission, and not before the moment that
   *     counts for the job
   * @param replayed whether an earlier submission made the job
   */
  public record Accepted(DeletionJob job, Instant due, boolean replayed) implements Outcome {}

  /**
   * The bot has as many open jobs as it may have.
   *
   * @param opening when the window opens next, after which there may be fewer
   */
  public record TooManyOpenJobs(Instant opening) implements Outcome {}

  /** No job can be made, for a reason that has to do with a preview. */
  public record NoJob(PreviewRefusal why) implements Outcome {}

  /** The idempotency key was used before, for another request. */
  public record KeyReused() implements Outcome {}
}
