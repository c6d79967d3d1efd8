package conversations.deletion.application.jobs;

import conversations.deletion.application.port.CreationDates;
import conversations.deletion.application.port.CreationDates.Creation;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
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
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.RequestFingerprint;
import conversations.deletion.domain.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accepts a deletion job. From then on it is certain that the job is worked on.
 *
 * <p>The stored job makes that certain. The message that follows is only a hint: if it gets lost, a
 * sweep in an off-peak run finds the job.
 */
public final class SubmitDeletionJob {

  private final JobSubmissions jobs;
  private final JobQueue queue;
  private final CreationDates creationDates;
  private final OffPeakWindow window;
  private final Duration sweepGrace;
  private final OperatorLog log;
  private final Metrics metrics;

  /**
   * @param sweepGrace how long after the window's opening a job may wait for its message; after
   *     that, a sweep treats the message as lost
   */
  public SubmitDeletionJob(
      JobSubmissions jobs,
      JobQueue queue,
      CreationDates creationDates,
      OffPeakWindow window,
      Duration sweepGrace,
      OperatorLog log,
      Metrics metrics) {
    this.jobs = jobs;
    this.queue = queue;
    this.creationDates = creationDates;
    this.window = window;
    this.sweepGrace = sweepGrace;
    this.log = log;
    this.metrics = metrics;
  }

  /** Accepts a request, unless its idempotency key was used for another one. */
  public Outcome submit(Submission submission) {
    Creation creation = creation(submission);
    DeletionJob job = job(submission, creation);
    Instant due = job.state().scheduledAt();
    DeletionJob stored =
        jobs.submit(
            job, listed(submission.request()), ChangeLogEntry.submitted(job), due.plus(sweepGrace));
    if (!stored.requestFingerprint().equals(job.requestFingerprint())) {
      return new KeyReused();
    }
    boolean replayed = !stored.equals(job);
    if (!replayed) {
      tell(job, creation);
      announce(job);
    }
    return new Accepted(stored, window.nextOpening(stored.submittedAt()), replayed);
  }

  /** What is known of the creations that the request's default start depends on. */
  private Creation creation(Submission submission) {
    return switch (submission.request()) {
      case ByChannelUser asked when asked.start().isEmpty() ->
          creationDates.laterOf(submission.bot(), asked.channelUser());
      case ByChannelUser _, ByConversations _ -> Creation.UNKNOWN;
    };
  }

  private DeletionJob job(Submission submission, Creation creation) {
    Instant submittedAt = submission.submittedAt();
    Optional<IdempotencyKey> key = submission.idempotencyKey();
    return new DeletionJob(
        submission.bot(),
        jobId(submission),
        submission.clientApp(),
        target(submission, creation),
        submittedAt,
        JobState.submitted(window.nextOpening(submittedAt), listed(submission.request()).size()),
        key.map(one -> RequestFingerprint.of(submission.request(), one)),
        submission.request().reference());
  }

  private static JobId jobId(Submission submission) {
    return submission
        .idempotencyKey()
        .map(key -> JobId.of(submission.bot(), submission.clientApp(), key))
        .orElseGet(
            () -> JobId.of(submission.bot(), submission.clientApp(), submission.invocation()));
  }

  private void announce(DeletionJob job) {
    try {
      queue.send(job.ref());
    } catch (RuntimeException e) {
      // The job is stored, so it is accepted; a sweep will find it.
      log.warn("job_message_not_sent", OperatorLog.of(job.ref()), e);
    }
  }

  private void tell(DeletionJob job, Creation creation) {
    log.info(
        "job_accepted",
        OperatorLog.of(
            job.ref(),
            Map.of(
                "appId", job.requestedBy().value(),
                "requestType", job.target().requestType().text(),
                "due", Timestamps.format(job.state().scheduledAt()))));
    if (creation.unreadable() > 0) {
      log.warn(
          "creation_unreadable",
          OperatorLog.of(job.ref(), Map.of("count", creation.unreadable())),
          null);
      metrics.report(
          Map.of(
              Metric.JOBS_SUBMITTED, 1L, Metric.MOMENTS_UNREADABLE, (long) creation.unreadable()));
    } else {
      metrics.report(Map.of(Metric.JOBS_SUBMITTED, 1L));
    }
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
   * @param due the next opening of the window after the submission
   * @param replayed whether an earlier submission made the job
   */
  public record Accepted(DeletionJob job, Instant due, boolean replayed) implements Outcome {}

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
