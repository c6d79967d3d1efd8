package conversations.deletion.application.jobs;

import conversations.deletion.application.port.CreationDates;
import conversations.deletion.application.port.CreationDates.Creation;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.application.port.StackSecret;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.RequestFingerprint;
import conversations.deletion.domain.Terms;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.util.List;
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
  private final CreationDates creationDates;
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
      CreationDates creationDates,
      AnnounceJob announceJob,
      SubmissionSettings settings) {
    this.jobs = jobs;
    this.openJobs = openJobs;
    this.secret = secret;
    this.creationDates = creationDates;
    this.announceJob = announceJob;
    this.settings = settings;
    this.window = settings.window();
  }

  /**
   * Accepts a request, unless its idempotency key was used for another one, or the bot has too many
   * open jobs. A request that was accepted before is accepted again however many they are.
   */
  public Outcome submit(Submission submission) {
    JobId id = jobId(submission);
    if (openJobs.isReached(submission.bot()) && !isKnown(submission, id)) {
      return new TooManyOpenJobs(window.nextOpening(submission.submittedAt()));
    }
    Creation creation = creation(submission);
    DeletionJob job = job(submission, id, creation);
    boolean hasMessage = isReceivedWhenDue(job);
    DeletionJob stored =
        jobs.submit(
            job,
            listed(submission.request()),
            ChangeLogEntry.submitted(job),
            hasMessage ? due(job).plus(settings.sweepGrace()) : due(job));
    if (!stored.requestFingerprint().equals(job.requestFingerprint())) {
      return new KeyReused();
    }
    boolean replayed = !stored.equals(job);
    if (!replayed) {
      announceJob.announce(job, creation, hasMessage);
    }
    return new Accepted(stored, due(stored), replayed);
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

  private boolean isKnown(Submission submission, JobId id) {
    return submission.idempotencyKey().isPresent()
        && jobs.isStored(new JobRef(submission.bot(), id));
  }

  /** What is known of the creations that the request's default start depends on. */
  private Creation creation(Submission submission) {
    return switch (submission.request()) {
      case ByChannelUser asked when asked.start().isEmpty() ->
          creationDates.laterOf(submission.bot(), asked.channelUser());
      case ByChannelUser _, ByConversations _ -> Creation.UNKNOWN;
    };
  }

  private DeletionJob job(Submission submission, JobId id, Creation creation) {
    Terms terms =
        submission.request().terms().ofJob(submission.submittedAt(), settings.leastGrace());
    Instant mayBeginAt = terms.notBefore().orElse(submission.submittedAt());
    return new DeletionJob(
        submission.bot(),
        id,
        submission.clientApp(),
        target(submission, creation),
        submission.submittedAt(),
        JobState.submitted(window.nextOpening(mayBeginAt), listed(submission.request()).size()),
        submission
            .idempotencyKey()
            .map(key -> RequestFingerprint.of(submission.request(), key, secret.key())),
        terms);
  }

  private JobId jobId(Submission submission) {
    return submission
        .idempotencyKey()
        .map(key -> JobId.of(submission.bot(), submission.clientApp(), key, secret.key()))
        .orElseGet(
            () -> JobId.of(submission.bot(), submission.clientApp(), submission.invocation()));
  }

  private static List<ConversationId> listed(DeletionRequest request) {
    return switch (request) {
      case ByConversations(List<ConversationId> conversations, _) -> conversations;
      case ByChannelUser _ -> List.of();
    };
  }

  private static DeletionTarget target(Submission submission, Creation creation) {
    return switch (submission.request()) {
      case ByConversations _ -> new DeletionTarget.ListedConversations();
      case ByChannelUser asked ->
          new DeletionTarget.ChannelUserConversations(
              asked.channelUser(), range(submission, asked, creation), asked.start().isEmpty());
    };
  }

  private static DateRange range(Submission submission, ByChannelUser asked, Creation creation) {
    Instant end = earlier(asked.end().orElse(submission.submittedAt()), submission.submittedAt());
    Instant start =
        asked.start().orElseGet(() -> earlier(creation.later().orElse(Instant.EPOCH), end));
    return new DateRange(start, end);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
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

  /** The idempotency key was used before, for another request. */
  public record KeyReused() implements Outcome {}

  /**
   * A request, with everything that decides what job it makes.
   *
   * @param bot the bot whose conversations are to be deleted
   * @param clientApp the client app that asks
   * @param idempotencyKey the client app's name for the request; absent if it gave none
   * @param invocation an id that no other request has
   * @param request what is asked; if it names a start, that is not later than its end or {@code
   *     submittedAt}
   * @param submittedAt when it was submitted, in whole milliseconds
   */
  public record Submission(
      BotId bot,
      ClientAppId clientApp,
      Optional<IdempotencyKey> idempotencyKey,
      String invocation,
      DeletionRequest request,
      Instant submittedAt) {

    public Submission {
      submittedAt = Timestamps.toMillis(submittedAt);
    }
  }
}
