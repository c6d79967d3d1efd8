package conversations.deletion.application.offpeak;

import conversations.deletion.application.pool.PoolSettings;
import conversations.deletion.domain.OffPeakWindow;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How the off-peak engine works. {@link Values} has the defaults.
 *
 * @param window when records may be deleted
 * @param leaseTerm how long a job's lease holds if it is not renewed; it is renewed when half of it
 *     is gone
 * @param deleteReserve no delete starts with less than this left of the lease, the window or the
 *     function's time: the time limit of one delete call and a margin
 * @param indexSettle how long an index takes to settle: the last pass over it begins no earlier
 *     than this after the end of a channel user's range
 * @param idle a conversation whose last record is younger than this is still open
 * @param patience the longest that a run waits for an index to settle; if it takes longer, the run
 *     gives the job back
 * @param sweepGrace how long a message may take before the sweep sends it again
 * @param checkpointInterval how often a job that goes on stores its counts, which may be late,
 *     unlike plans and outcomes
 * @param jobsAtOnce how many jobs a run works on at a time
 * @param chunksAtOnce how many chunks of a job are worked on at a time
 * @param deleteConcurrency the most delete requests in flight
 * @param readConcurrency the most reads in flight for one chunk
 * @param maxOwnFailures how often a try at a job may fail for a reason of the job's own, with no
 *     progress in between, before the job ends as failed
 * @param maxWriteUnits the most write units a second that a run's deletes may consume; 0: as many
 *     as the table takes
 * @param unavailableAfter a job that nobody could get on with for this long, because of trouble
 *     outside it, ends as failed
 * @param outagePatience for how long a run makes a call again that fails for an outage
 * @param backups how long backups of this service hold what was deleted; zero if it makes none
 */
public record EngineSettings(
    OffPeakWindow window,
    Duration leaseTerm,
    Duration deleteReserve,
    Duration indexSettle,
    Duration idle,
    Duration patience,
    Duration sweepGrace,
    Duration checkpointInterval,
    int jobsAtOnce,
    int chunksAtOnce,
    int deleteConcurrency,
    int readConcurrency,
    int maxOwnFailures,
    double maxWriteUnits,
    Duration unavailableAfter,
    Duration outagePatience,
    Duration backups) {

  /** How long the e-mail service may take, if the lease allows it. */
  private static final Duration MAIL_TIMEOUT = Duration.ofSeconds(20);

  /**
   * @throws IllegalArgumentException if no delete could ever start under a lease
   */
  public EngineSettings {
    if (deleteReserve.multipliedBy(2).compareTo(leaseTerm) > 0) {
      throw new IllegalArgumentException(
          "the lease term must be at least twice the delete reserve");
    }
  }

  /**
   * The defaults, with some changes.
   *
   * @param window when records may be deleted
   * @param changes sets what is to differ from the defaults
   */
  public static EngineSettings of(OffPeakWindow window, Consumer<Values> changes) {
    Values values = new Values();
    changes.accept(values);
    return new EngineSettings(
        window,
        values.leaseTerm,
        values.deleteReserve,
        values.indexSettle,
        values.idle,
        values.patience,
        values.sweepGrace,
        values.checkpointInterval,
        values.jobsAtOnce,
        values.chunksAtOnce,
        values.deleteConcurrency,
        values.readConcurrency,
        values.maxOwnFailures,
        values.maxWriteUnits,
        values.unavailableAfter,
        values.outagePatience,
        values.backups);
  }

  /**
   * How long the e-mail service may take to answer: longer than other services, as no other call
   * does harm by being repeated. An e-mail is sent with at least half of the lease left. A third of
   * the lease leaves enough of that half to store the answer.
   */
  public Duration mailTimeout() {
    Duration longest = longer(MAIL_TIMEOUT, deleteReserve);
    Duration third = leaseTerm.dividedBy(3);
    return third.compareTo(longest) < 0 ? third : longest;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /**
   * How the pool deletes. A caller that waits in the pool renews its lease well before the lease
   * ends.
   */
  public PoolSettings pool() {
    return new PoolSettings(deleteConcurrency, maxWriteUnits, leaseTerm.dividedBy(4));
  }

  /** The settings before they are fixed, by name. Each begins as its default. */
  public static final class Values {
    public Duration leaseTerm = Duration.ofSeconds(60);
    public Duration deleteReserve = Duration.ofSeconds(8);
    public Duration indexSettle = Duration.ofSeconds(60);
    public Duration idle = Duration.ofMinutes(30);
    public Duration patience = Duration.ofSeconds(5);
    public Duration sweepGrace = Duration.ofMinutes(15);
    public Duration checkpointInterval = Duration.ofSeconds(10);
    public int jobsAtOnce = 4;
    public int chunksAtOnce = 8;
    public int deleteConcurrency = 32;
    public int readConcurrency = 16;
    public int maxOwnFailures = 10;
    public double maxWriteUnits = 0;
    public Duration unavailableAfter = Duration.ofDays(14);
    public Duration outagePatience = Duration.ofSeconds(30);
    public Duration backups = Duration.ZERO;

    private Values() {}
  }
}
