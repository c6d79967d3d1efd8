package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.Backlog;
import conversations.deletion.application.port.Backlog.OpenJob;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.OffPeakWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Since when open jobs could have been worked on: since their submission, or since the moment until
 * which they were to wait, as they were told or for holds.
 *
 * <p>That moment has to be looked up, job by job, so it is looked up only where it decides
 * something. A job that is not looked at for longer than any job pauses was told to wait, and has
 * waited for nothing. The others are looked up from the one that was submitted first, until no
 * later one can be overdue, or older than those that are known.
 *
 * @param moments of the jobs that decide; none of a job that is left out is earlier than the
 *     earliest of them, or overdue
 * @param areAll false if jobs were left out because there are too many to look up
 */
record OpenSince(List<Instant> moments, boolean areAll) {

  /** One request of DynamoDB's takes as many at most. */
  private static final int AT_ONCE = 100;

  /** In an hour's runs, as many cost some 15,000 read units. */
  private static final int MOST = 500;

  /** A sweep and an e-mail are put off by an hour at most, beyond the opening of a window. */
  private static final Duration LONGEST_PUT_OFF = Duration.ofHours(2);

  /**
   * Finds it out.
   *
   * @param lastOverdue a job that waits since then, or for longer, is overdue
   */
  static OpenSince of(
      List<OpenJob> open, Backlog backlog, OffPeakWindow window, Instant lastOverdue, Instant now) {
    Instant latestPause =
        window.openingOfNextWindow(window.openingOfNextWindow(now)).plus(LONGEST_PUT_OFF);
    List<OpenJob> suspects =
        open.stream()
            .filter(job -> !job.sweepAt().isAfter(latestPause))
            .sorted(Comparator.comparing(OpenJob::submittedAt))
            .toList();
    List<Instant> moments = new ArrayList<>();
    Instant earliest = Instant.MAX;
    for (int from = 0; from < suspects.size(); from += AT_ONCE) {
      Instant next = suspects.get(from).submittedAt();
      if (next.isAfter(lastOverdue) && !next.isBefore(earliest)) {
        return new OpenSince(moments, true);
      }
      if (from >= MOST) {
        return new OpenSince(moments, false);
      }
      for (Instant moment : lookUp(suspects, from, backlog)) {
        moments.add(moment);
        earliest = moment.isBefore(earliest) ? moment : earliest;
      }
    }
    return new OpenSince(moments, true);
  }

  private static List<Instant> lookUp(List<OpenJob> suspects, int from, Backlog backlog) {
    List<OpenJob> some = suspects.subList(from, Math.min(from + AT_ONCE, suspects.size()));
    Map<JobRef, Instant> waited = backlog.waitedUntil(some.stream().map(OpenJob::job).toList());
    return some.stream().map(job -> waited.getOrDefault(job.job(), job.submittedAt())).toList();
  }
}
