package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.MetricCounter;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.JobState;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a run has done so far, for jobs that are worked on in parallel. Safe for use by several
 * threads.
 */
final class RunTally {

  private final MetricCounter metrics;
  private final AtomicInteger swept = new AtomicInteger();
  private final AtomicInteger worked = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger interrupted = new AtomicInteger();
  private final AtomicInteger rejected = new AtomicInteger();
  private final AtomicInteger failedLeases = new AtomicInteger();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong attachments = new AtomicLong();

  RunTally(MetricCounter metrics) {
    this.metrics = metrics;
  }

  void countSwept() {
    swept.incrementAndGet();
    metrics.add(Metric.JOBS_SWEPT, 1);
  }

  void countRejected() {
    rejected.incrementAndGet();
    metrics.add(Metric.MESSAGES_REJECTED, 1);
  }

  void countInterrupted() {
    interrupted.incrementAndGet();
    metrics.add(Metric.JOBS_INTERRUPTED, 1);
  }

  /** Returns how many leases could not be taken so far. */
  int countFailedLease() {
    return failedLeases.incrementAndGet();
  }

  /** Counts the work on a job: its counts before, and its state after, as far as it is stored. */
  void countWork(Counts before, JobState after) {
    worked.incrementAndGet();
    if (after.status().isEnd()) {
      ended.incrementAndGet();
    }
    Counts now = after.counts();
    long ofRecords = now.deletedRecords() - before.deletedRecords();
    long ofAttachments = now.deletedAttachments() - before.deletedAttachments();
    records.addAndGet(ofRecords);
    attachments.addAndGet(ofAttachments);
    metrics.add(Metric.RECORDS_DELETED, ofRecords);
    metrics.add(Metric.ATTACHMENTS_DELETED, ofAttachments);
    metrics.add(Metric.CONVERSATIONS_DELETED, now.deleted() - before.deleted());
  }

  RunSummary summary(boolean windowIsOpen) {
    return new RunSummary(
        windowIsOpen,
        swept.get(),
        worked.get(),
        ended.get(),
        interrupted.get(),
        rejected.get(),
        records.get(),
        attachments.get());
  }
}
