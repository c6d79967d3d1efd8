package conversations.deletion.application;

import conversations.deletion.application.port.CreationDates;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.JobSubmissions;
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
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Accepts a deletion job: from then on it is certain that the job is worked on.
 *
 * <p>The stored job is what makes that certain. The message that follows is a hint; where it gets
 * lost, a sweep of the off-peak runs finds the job.
 */
public final class SubmitDeletionJob {

  private final JobSubmissions jobs;
  private final JobQueue queue;
  private final CreationDates creationDates;
  private final OffPeakWindow window;
  private final Duration sweepGrace;
  private final OperatorLog log;

  /**
   * @param sweepGrace how long after the window's opening a job may wait for its message before a
   *     sweep holds the message for lost
   */
  public SubmitDeletionJob(
      JobSubmissions jobs,
      JobQueue queue,
      CreationDates creationDates,
      OffPeakWindow window,
      Duration sweepGrace,
      OperatorLog log) {
    this.jobs = jobs;
    this.queue = queue;
    this.creationDates = creationDates;
    this.window = window;
    this.sweepGrace = sweepGrace;
    this.log = log;
  }

  /**
   * Accepts a request.
   *
   * @return the job that it made, or that the same submission made before
   */
  public DeletionJob submit(Submission submission) {
    Instant submittedAt = submission.submittedAt();
    Instant due = window.nextOpening(submittedAt);
    List<ConversationId> listed = listed(submission.request());
    DeletionJob job =
        new DeletionJob(
            submission.bot(),
            JobId.of(submission.bot(), submission.clientApp(), submission.requestKey()),
            submission.clientApp(),
            target(submission),
            submittedAt,
            JobState.submitted(due, listed.size()));
    DeletionJob accepted =
        jobs.submit(job, listed, ChangeLogEntry.submitted(job), due.plus(sweepGrace));
    announce(accepted);
    return accepted;
  }

  private void announce(DeletionJob job) {
    try {
      queue.send(job.ref());
    } catch (RuntimeException e) {
      // The job is stored, so it is accepted; a sweep will find it.
      log.warn("job_message_not_sent", OperatorLog.of(job.ref()), e);
    }
  }

  private static List<ConversationId> listed(DeletionRequest request) {
    return switch (request) {
      case ByConversations(List<ConversationId> conversations) -> conversations;
      case ByChannelUser _ -> List.of();
    };
  }

  private DeletionTarget target(Submission submission) {
    return switch (submission.request()) {
      case ByConversations _ -> new DeletionTarget.ListedConversations();
      case ByChannelUser asked ->
          new DeletionTarget.ChannelUserConversations(
              asked.channelUser(), range(submission, asked));
    };
  }

  private DateRange range(Submission submission, ByChannelUser asked) {
    Instant end = earlier(asked.end().orElse(submission.submittedAt()), submission.submittedAt());
    Instant start =
        asked.start().orElseGet(() -> earlier(defaultStart(submission.bot(), asked), end));
    return new DateRange(start, end);
  }

  private Instant defaultStart(BotId bot, ByChannelUser asked) {
    return creationDates.laterOf(bot, asked.channelUser()).orElse(Instant.EPOCH);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * A request with all that decides on the job it makes.
   *
   * @param bot whose conversations are to be deleted
   * @param clientApp who asks
   * @param requestKey what tells this request of the client app from its others
   * @param request what is asked; a start that it names lies neither after its end nor after {@code
   *     submittedAt}
   * @param submittedAt when; in whole milliseconds
   */
  public record Submission(
      BotId bot,
      ClientAppId clientApp,
      String requestKey,
      DeletionRequest request,
      Instant submittedAt) {

    public Submission {
      submittedAt = Timestamps.toMillis(submittedAt);
    }
  }
}
