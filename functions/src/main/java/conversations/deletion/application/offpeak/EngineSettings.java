package conversations.deletion.application.offpeak;

import java.time.Duration;

/**
 * How the off-peak engine works.
 *
 * @param leaseTerm how long a job's lease holds if it is not renewed; renewed when half is gone
 * @param deleteReserve no delete starts with less than this left of the lease, the window or the
 *     function's time: the time limit of one delete call and a margin
 * @param indexSettle how long after a channel user's job was submitted the index is asked for the
 *     last time
 * @param idle a conversation whose last record is younger is still open
 * @param patience for how long a run waits for a job's index to settle before it gives the job back
 * @param sweepGrace how long a message may take before a sweep holds it for lost
 * @param checkpointInterval how often a job that goes on says how far it has come: that, unlike
 *     what is planned and done, may be told late
 * @param jobsAtOnce how many jobs a run works on at a time
 * @param chunksAtOnce how many chunks of a job are worked on at a time
 * @param deleteConcurrency the most delete requests in flight
 * @param readConcurrency the most reads in flight for one chunk
 * @param maxDeleteAttempts how often a record's delete is sent before its conversation fails
 * @param maxJobAttempts how often a job is picked up without progress before it fails
 */
public record EngineSettings(
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
    int maxDeleteAttempts,
    int maxJobAttempts) {

  /**
   * @throws IllegalArgumentException if no delete could ever start under a lease
   */
  public EngineSettings {
    if (deleteReserve.multipliedBy(2).compareTo(leaseTerm) > 0) {
      throw new IllegalArgumentException(
          "the lease must hold for at least twice the reserve of a delete");
    }
  }
}
