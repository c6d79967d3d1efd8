package conversations.deletion.simulation;

/** What may go wrong, or go differently than hoped. */
public enum Fault {
  /** The worker's process dies. */
  KILL(0.004),
  /** The worker stands still, at times for longer than the lease. */
  PAUSE(0.01),
  /** A call takes seconds. */
  SLOW_CALL(0.02),
  /** A worker's wall clock is set forward. */
  CLOCK_FORWARD(0.002),
  /** A worker's wall clock is set back. */
  CLOCK_BACK(0.002),
  /** A call fails and has no effect. */
  CALL_LOST(0.01),
  /** A call has its effect, and fails. */
  ANSWER_LOST(0.01),
  /** A call takes effect twice, because the client repeated it. */
  CALL_REPEATED(0.01),
  /** A part of a batch is left unprocessed. */
  UNPROCESSED(0.3),
  /** A delete takes effect after its caller has given it up, or has died. */
  DELETE_LATE(0.1),
  /** A read sees what was before. */
  STALE_READ(0.3),
  /** The index of conversations lags. */
  CONVERSATION_INDEX_LAG(0.3),
  /** The index of jobs lags. */
  JOB_INDEX_LAG(0.3),
  /** A message is lost. */
  MESSAGE_LOST(0.2),
  /** A message comes twice. */
  MESSAGE_TWICE(0.2),
  /** A message comes late, after others that were sent later. */
  MESSAGE_LATE(0.2),
  /** A platform appends to a conversation that is being deleted. */
  LATE_WRITE(0.3),
  /** Something is uploaded to a conversation that is being deleted. */
  LATE_UPLOAD(0.2),
  /** An attachment can't be deleted for a while, or for ever. */
  ATTACHMENT_LOCKED(0.1),
  /** An upload can't be aborted for a while, or for ever. */
  UPLOAD_LOCKED(0.1),
  /** A request that deletes attachments is refused as a whole. */
  REQUEST_REFUSED(0.05),
  /** The e-mail service does not take an e-mail. */
  MAIL_FAILED(0.3),
  /** The e-mail service takes an e-mail, and its answer is lost. */
  MAIL_ANSWER_LOST(0.1);

  private final double rate;

  Fault(double rate) {
    this.rate = rate;
  }

  /** The probability of the fault at each occasion, in bad weather. */
  double rate() {
    return rate;
  }
}
