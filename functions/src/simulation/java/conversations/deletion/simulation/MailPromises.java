package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What must always hold of the e-mails to owners. */
final class MailPromises {

  /** An e-mail without an answer is tried once more. */
  private static final int MOST_UNANSWERED = 2;

  private final World world;
  private final Map<JobRef, Integer> faultsAtLast = new HashMap<>();
  private final Set<JobRef> marked = new HashSet<>();
  private final Set<JobRef> justUnanswered = new HashSet<>();
  private final Map<JobRef, Integer> unanswered = new HashMap<>();
  private int second;

  MailPromises(World world) {
    this.world = world;
  }

  int second() {
    return second;
  }

  /** A worker took the job's lease. What an earlier one did not store, it does not know. */
  void leased(JobRef job) {
    justUnanswered.remove(job);
  }

  /** A worker stored the state of a job, and with it what it knows of the e-mail. */
  void stored(JobRef job, JobState state) {
    if (state.notification().sentAt().isPresent()) {
      marked.add(job);
    }
    if (justUnanswered.remove(job)) {
      unanswered.merge(job, 1, Integer::sum);
    }
  }

  /** A worker hands an e-mail over. Whether it may repeat an earlier one is decided now. */
  void handedOver(Worker worker) {
    JobRef job = worker.lease().job();
    assertThat(unanswered.getOrDefault(job, 0))
        .as("e-mails that are known to have no answer, before one more")
        .isLessThan(MOST_UNANSWERED);
    if (world.areClocksRight()) {
      assertThat(marked).as("jobs whose e-mail is marked as sent").doesNotContain(job);
      assertThat(world.timeline.instant())
          .as("the lease of a worker that hands an e-mail over")
          .isBefore(worker.lease().end());
    }
  }

  /**
   * The e-mail service has accepted an e-mail. It may be the second one in two cases: the mark of
   * the first got lost, or after the handing over the worker stood still or its call was slow.
   */
  void accepted(JobRef job) {
    int faults = world.faults();
    Integer before = faultsAtLast.put(job, faults);
    if (before != null) {
      second++;
      assertThat(faults).as("faults since the first e-mail").isGreaterThan(before);
    }
  }

  /** A worker gets no answer for an e-mail that was accepted. */
  void unanswered(JobRef job) {
    justUnanswered.add(job);
  }

  /** The job is closed. */
  void holdsAtTheEnd(JobRef job, JobState state) {
    assertThat(faultsAtLast).as("e-mails").containsKey(job);
    boolean isGivenUp = unanswered.getOrDefault(job, 0) == MOST_UNANSWERED;
    assertThat(isGivenUp || state.notification().sentAt().isPresent())
        .as("%s: the e-mail is marked as sent, or twice had no answer", job)
        .isTrue();
  }
}
