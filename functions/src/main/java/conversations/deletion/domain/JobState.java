package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What changes in the life of a job.
 *
 * @param status where it stands
 * @param scheduledAt when it is due, or when a run last picked it up
 * @param startedAt when a run first picked it up
 * @param completedAt when it ended
 * @param counts how far its conversations have come
 * @param retries the later windows that it may still use
 * @param attempts how often it was picked up since it last made progress
 * @param notification how it stands with the owner's e-mail
 * @param cancelRequest present once somebody asked to cancel it
 */
public record JobState(
    JobStatus status,
    Instant scheduledAt,
    Optional<Instant> startedAt,
    Optional<Instant> completedAt,
    Counts counts,
    Retries retries,
    int attempts,
    OwnerNotification notification,
    Optional<CancelRequest> cancelRequest) {

  /**
   * @throws IllegalArgumentException if the job has ended without a time, or has a time without
   *     having ended
   */
  public JobState {
    if (status.isEnd() != completedAt.isPresent()) {
      throw new IllegalArgumentException("a job has an end time when, and only when, it has ended");
    }
  }

  /** The state of a job that was just submitted. */
  public static JobState submitted(Instant due, long conversations) {
    return new JobState(
        JobStatus.QUEUED,
        due,
        Optional.empty(),
        Optional.empty(),
        new Counts(conversations, 0, 0, 0, 0),
        Retries.initial(),
        0,
        OwnerNotification.notDue(),
        Optional.empty());
  }

  /** A run has picked the job up. */
  public JobState pickedUp(Instant now) {
    return new JobState(
        JobStatus.IN_PROGRESS,
        now,
        startedAt.or(() -> Optional.of(now)),
        Optional.empty(),
        counts,
        retries.pickedUp(now),
        attempts,
        notification,
        cancelRequest);
  }

  /** The job has come this far: attempts are counted anew. */
  public JobState progressed(Counts newCounts) {
    return new JobState(
        status,
        scheduledAt,
        startedAt,
        completedAt,
        newCounts,
        retries,
        0,
        notification,
        cancelRequest);
  }

  /** The job's counts are these, whether or not that is progress. */
  public JobState with(Counts newCounts) {
    return new JobState(
        status,
        scheduledAt,
        startedAt,
        completedAt,
        newCounts,
        retries,
        attempts,
        notification,
        cancelRequest);
  }

  /** The job waits for a later run, as planned: that is no failed attempt. */
  public JobState queued(Instant due, Retries newRetries) {
    return new JobState(
        JobStatus.QUEUED,
        due,
        startedAt,
        Optional.empty(),
        counts,
        newRetries,
        0,
        notification,
        cancelRequest);
  }

  /** The run could not go on; another takes over from where it came to. */
  public JobState interrupted(Instant due) {
    return new JobState(
        JobStatus.QUEUED,
        due,
        startedAt,
        Optional.empty(),
        counts,
        retries,
        attempts,
        notification,
        cancelRequest);
  }

  /** The job has ended; its owner is still to be told. */
  public JobState ended(JobStatus end, Instant now) {
    return new JobState(
        end,
        scheduledAt,
        startedAt,
        Optional.of(now),
        counts,
        retries,
        0,
        OwnerNotification.pending(),
        cancelRequest);
  }

  /** The same state with another notification. */
  public JobState with(OwnerNotification newNotification) {
    return new JobState(
        status,
        scheduledAt,
        startedAt,
        completedAt,
        counts,
        retries,
        attempts,
        newNotification,
        cancelRequest);
  }

  /** The same state, with what is known of a request to cancel the job. */
  public JobState with(Optional<CancelRequest> request) {
    return new JobState(
        status,
        scheduledAt,
        startedAt,
        completedAt,
        counts,
        retries,
        attempts,
        notification,
        request);
  }

  /** Tells whether nothing is left to do: the job has ended and its owner needs no more telling. */
  public boolean isClosed() {
    return status.isEnd() && !notification.isPending();
  }
}
