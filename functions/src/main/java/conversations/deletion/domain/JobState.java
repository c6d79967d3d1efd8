package conversations.deletion.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The part of a job that changes over time.
 *
 * @param status its status
 * @param scheduledAt when it is due, or when a run last picked it up
 * @param startedAt when a run first picked it up
 * @param completedAt when it ended
 * @param counts how far its conversations have come
 * @param retries the later windows that it may still use
 * @param ownFailures how often a try failed for a reason of the job's own since it last made
 *     progress
 * @param stuckSince when a run first picked it up since one last got on with it. A run gets on if
 *     it makes progress, or does all that can be done then. Absent if none picked it up since
 * @param notification the state of the owner's e-mail
 * @param cancelRequest present once a client app has asked to cancel the job
 * @param beforeStart how many conversations of the channel user started before a start that nobody
 *     named, when the job last looked at the whole index. Absent if it has not, or if the caller
 *     named the start
 * @param onHold present once the job has waited for holds
 */
public record JobState(
    JobStatus status,
    Instant scheduledAt,
    Optional<Instant> startedAt,
    Optional<Instant> completedAt,
    Counts counts,
    Retries retries,
    int ownFailures,
    Optional<Instant> stuckSince,
    OwnerNotification notification,
    Optional<CancelRequest> cancelRequest,
    Optional<Long> beforeStart,
    Optional<OnHold> onHold) {

  /**
   * @throws IllegalArgumentException if the job has ended without a time, or has a time without
   *     having ended
   */
  public JobState {
    requireNonNull(scheduledAt, "scheduledAt");
    if (status.isEnd() != completedAt.isPresent()) {
      throw new IllegalArgumentException("a job has an end time when, and only when, it has ended");
    }
  }

  /** The state of a job that was just submitted. */
  public static JobState submitted(Instant due, long conversations) {
    return of(
        state -> {
          state.scheduledAt = due;
          state.counts = Counts.ofFound(conversations);
        });
  }

  /**
   * A state.
   *
   * @param values sets what is to differ from the state of a job that was just submitted; {@code
   *     scheduledAt} has no default
   */
  public static JobState of(Consumer<Values> values) {
    return new Values().fixed(values);
  }

  /**
   * This state with other values. It is for code that stores states, not for code that moves a job
   * from one state to the next.
   *
   * @param changes sets the values that are to differ
   */
  public JobState changed(Consumer<Values> changes) {
    Values values = new Values();
    values.status = status;
    values.scheduledAt = scheduledAt;
    values.startedAt = startedAt;
    values.completedAt = completedAt;
    values.counts = counts;
    values.retries = retries;
    values.ownFailures = ownFailures;
    values.stuckSince = stuckSince;
    values.notification = notification;
    values.cancelRequest = cancelRequest;
    values.beforeStart = beforeStart;
    values.onHold = onHold;
    return values.fixed(changes);
  }

  /** A run has picked the job up. */
  public JobState pickedUp(Instant now) {
    return changed(
        it -> {
          it.stuckSince = stuckSince.or(() -> Optional.of(now));
          it.status = JobStatus.IN_PROGRESS;
          it.scheduledAt = now;
          it.startedAt = startedAt.or(() -> Optional.of(now));
          it.completedAt = Optional.empty();
          it.retries = retries.pickedUp(now);
        });
  }

  /** The job has looked at the whole index, and this many conversations lie before its start. */
  public JobState withBeforeStart(long conversations) {
    return changed(it -> it.beforeStart = Optional.of(conversations));
  }

  /** The job has made progress, so its failures are counted from zero again. */
  public JobState progressed(Counts newCounts) {
    return with(newCounts).gotOn();
  }

  private JobState gotOn() {
    return changed(
        it -> {
          it.ownFailures = 0;
          it.stuckSince = Optional.empty();
        });
  }

  /** The same state with these counts, which need not mean progress. */
  public JobState with(Counts newCounts) {
    return changed(it -> it.counts = newCounts);
  }

  /** A run did all that could be done now, and the job waits for a later one as planned. */
  public JobState queued(Instant due, Retries newRetries) {
    return interrupted(due).gotOn().changed(it -> it.retries = newRetries);
  }

  /**
   * Nothing is left to do but what holds keep. To those who may not learn of a confidential hold, a
   * job that waits for nothing else looks as if it waited for the next window.
   */
  public JobState waitingForHolds(Instant due, OnHold hold) {
    return interrupted(due)
        .gotOn()
        .changed(
            it -> {
              it.status = counts.held() > 0 ? JobStatus.ON_HOLD : JobStatus.QUEUED;
              it.onHold = Optional.of(hold);
            });
  }

  /** The run could not go on; a later run continues where it stopped. */
  public JobState interrupted(Instant due) {
    return changed(
        it -> {
          it.status = JobStatus.QUEUED;
          it.scheduledAt = due;
          it.completedAt = Optional.empty();
        });
  }

  /** The job has ended, and its owner has not been told yet. */
  public JobState ended(JobStatus end, Instant now) {
    return gotOn()
        .changed(
            it -> {
              it.status = end;
              it.completedAt = Optional.of(now);
              it.notification = OwnerNotification.pending();
            });
  }

  /** The same state with another notification. */
  public JobState with(OwnerNotification newNotification) {
    return changed(it -> it.notification = newNotification);
  }

  /** The same state with this request to cancel the job, if there is one. */
  public JobState with(Optional<CancelRequest> request) {
    return changed(it -> it.cancelRequest = request);
  }

  /**
   * Tells whether nothing is left to do: the job has ended, and no e-mail to its owner is pending.
   */
  public boolean isClosed() {
    return status.isEnd() && !notification.isPending();
  }

  /** The values of a state by name, before they are fixed. */
  public static final class Values {
    public JobStatus status = JobStatus.QUEUED;
    public Instant scheduledAt;
    public Optional<Instant> startedAt = Optional.empty();
    public Optional<Instant> completedAt = Optional.empty();
    public Counts counts = Counts.NONE;
    public Retries retries = Retries.initial();
    public int ownFailures;
    public Optional<Instant> stuckSince = Optional.empty();
    public OwnerNotification notification = OwnerNotification.notDue();
    public Optional<CancelRequest> cancelRequest = Optional.empty();
    public Optional<Long> beforeStart = Optional.empty();
    public Optional<OnHold> onHold = Optional.empty();

    private Values() {}

    private JobState fixed(Consumer<Values> changes) {
      changes.accept(this);
      return new JobState(
          status,
          scheduledAt,
          startedAt,
          completedAt,
          counts,
          retries,
          ownFailures,
          stuckSince,
          notification,
          cancelRequest,
          beforeStart,
          onHold);
    }
  }
}
