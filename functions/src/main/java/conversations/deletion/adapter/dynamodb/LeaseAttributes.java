package conversations.deletion.adapter.dynamodb;

/**
 * The attributes by which a job's item is leased and swept.
 *
 * <p>{@code leaseUntil} is there while somebody holds the lease. {@code fence} grows with every
 * lease and is a condition of every write of a worker. {@code openGroup} and {@code sweepAt} make
 * the index of jobs that still need something done: those that are open, which a lease moves to its
 * own end, so that a sweep finds the job when its worker has died; and those that have ended, until
 * they forget whom they were about.
 */
final class LeaseAttributes {

  /** The index by {@link #OPEN_GROUP} and {@link #SWEEP_AT}. */
  static final String OPEN_JOBS = "OpenJobs";

  static final String LEASE_UNTIL = "leaseUntil";
  static final String FENCE = "fence";
  static final String OPEN_GROUP = "openGroup";
  static final String OPEN = "open";
  static final String ENDED = "ended";
  static final String SWEEP_AT = "sweepAt";

  /** The code by which a transaction tells that a condition did not hold. */
  static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private LeaseAttributes() {}
}
