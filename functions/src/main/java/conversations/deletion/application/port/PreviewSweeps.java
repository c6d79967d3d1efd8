package conversations.deletion.application.port;

import conversations.deletion.domain.JobId;
import conversations.deletion.domain.PreviewRef;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Finds the previews whose message or worker got lost, and those that have expired. */
public interface PreviewSweeps {

  /** Finds, without a scan, the previews that wait for a run, the most overdue first. */
  List<SweepablePreview> waiting(Instant now, int limit);

  /** Finds, without a scan, the previews that have expired, those that waited longest first. */
  List<SweepablePreview> expired(Instant now, int limit);

  /**
   * Puts off the next look at a preview, if no other sweep did so first.
   *
   * @return true if this call put it off
   */
  boolean putOff(SweepablePreview preview, Instant sweepAt);

  /** The jobs that were made of a preview, by a strongly consistent read. */
  Set<JobId> jobsOf(PreviewRef preview);

  /**
   * Deletes the list of a preview that has expired, and drops from it whom it was about. To forget
   * it twice changes nothing more.
   */
  void forget(PreviewRef preview, Instant now);

  /**
   * A preview that a sweep is to look at.
   *
   * @param preview the preview
   * @param sweepAt the stored moment from which a sweep is to look at it
   */
  record SweepablePreview(PreviewRef preview, String sweepAt) {}
}
