package conversations.deletion.application.port;

import java.time.Instant;

/** The result of an attempt to lease a job. */
public sealed interface LeaseResult {

  /** This worker has the lease. */
  record Leased(LeasedJob job) implements LeaseResult {}

  /** Another worker has it. */
  record HeldByAnother() implements LeaseResult {}

  /** The job is not due before this moment. */
  record NotDue(Instant due) implements LeaseResult {}

  /** The job is closed: there is nothing to do. */
  record Closed() implements LeaseResult {}

  /** There is no such job. */
  record Unknown() implements LeaseResult {}
}
