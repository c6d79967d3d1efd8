package conversations.deletion.adapter.dynamodb;

/**
 * The attributes by which a job's item is leased and swept.
 *
 * <p>{@code leaseUntil} is there while somebody holds the lease. {@code fence} grows with every
 * lease and is a condition of every write of a worker. {@code openGroup} and {@code sweepAt} are
 * there until the job is closed and make the index of open jobs; a lease moves {@code sweepAt} to
 * its own end, so that a sweep finds the job when its worker has died.
 */
final class LeaseAttributes {

  static final String LEASE_UNTIL = "leaseUntil";
  static final String FENCE = "fence";
  static final String OPEN_GROUP = "openGroup";
  static final String OPEN = "open";
  static final String SWEEP_AT = "sweepAt";

  /** The code by which a transaction tells that a condition did not hold. */
  static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private LeaseAttributes() {}
}
