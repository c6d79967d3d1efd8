package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.offpeak.InHand.Place;
import conversations.deletion.domain.JobId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The conversations of which this run has just deleted records, and for which jobs. Safe for use by
 * several threads.
 */
final class LatelyDeleted {

  /** For this long after a delete, a read or the index may still show what was deleted. */
  private static final Duration LAG = Duration.ofMinutes(1);

  /** So many are remembered at most: the last ones. */
  private static final int MOST_REMEMBERED = 50_000;

  /** Jobs that have deleted records of a conversation, and when, by the monotonic clock. */
  private record Deleted(Set<JobId> jobs, long at) {}

  private final Clocks clocks;
  private final Map<Place, Deleted> lately = new LinkedHashMap<>();

  LatelyDeleted(Clocks clocks) {
    this.clocks = clocks;
  }

  /** Takes note that records of a conversation were deleted for a job. */
  synchronized void add(Place place, JobId job) {
    long now = clocks.nanos();
    Set<JobId> jobs = new HashSet<>(Set.of(job));
    Deleted before = lately.remove(place);
    if (before != null) {
      jobs.addAll(before.jobs);
    }
    lately.put(place, new Deleted(jobs, now));
    Iterator<Deleted> oldest = lately.values().iterator();
    while (now - oldest.next().at > LAG.toNanos() || lately.size() > MOST_REMEMBERED) {
      oldest.remove();
    }
  }

  /** Tells whether records of a conversation were just deleted. */
  synchronized boolean contains(Place place) {
    return lately.containsKey(place);
  }

  /** Tells whether records of it were just deleted for another job, and not for this one. */
  synchronized boolean isOfAnotherJob(Place place, JobId job) {
    Deleted last = lately.get(place);
    return last != null && clocks.nanos() - last.at <= LAG.toNanos() && !last.jobs.contains(job);
  }
}
