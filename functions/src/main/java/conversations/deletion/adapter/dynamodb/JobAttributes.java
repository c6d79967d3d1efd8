package conversations.deletion.adapter.dynamodb;

/**
 * The attributes and indexes of the jobs table, and the conditions on them that several requests
 * share.
 *
 * <p>Some attributes serve leases and sweeps. {@code leaseUntil} is present while a worker holds
 * the lease. {@code fence} grows with every lease, and every write of a worker has it as a
 * condition.
 *
 * <p>{@code openGroup} and {@code sweepAt} are the keys of the index of jobs that still need work.
 * Open jobs are in that index. A lease sets their {@code sweepAt} to its own end, so that a sweep
 * finds the job if its worker has died. Jobs that have ended are in the index until they forget
 * their channel user and the ids that were asked for.
 */
final class JobAttributes {

  static final String BOT_ID = "botId";
  static final String JOB_ID = "jobId";
  static final String CLIENT_APP_ID = "appId";
  static final String SUBMITTED_AT = "submittedAt";
  static final String REQUEST_TYPE = "requestType";
  static final String REQUEST_FINGERPRINT = "requestFingerprint";
  static final String CHANNEL_USER_ID = "cId";
  static final String STARTED_FROM = "startedFrom";
  static final String STARTED_TO = "startedTo";

  /** Present if the caller named no start. */
  static final String HAS_DEFAULT_START = "hasDefaultStart";

  /** Not named as in the API: {@code reference} is a reserved word. */
  static final String REFERENCE = "callerReference";

  /** The moment before which nothing may be deleted. It stays when the job forgets. */
  static final String NOT_BEFORE = "notBefore";

  /** Present once the channel user, the ids that were asked for and the reference are dropped. */
  static final String FORGOTTEN_AT = "forgottenAt";

  static final String STATUS = "status";
  static final String SCHEDULED_AT = "scheduledAt";
  static final String STARTED_AT = "startedAt";
  static final String COMPLETED_AT = "completedAt";
  static final String TOTAL_CONVERSATIONS = "totalConversations";
  static final String DELETED_CONVERSATIONS = "deletedConversations";
  static final String FAILED_COUNT = "failedCount";
  static final String SKIPPED_COUNT = "skippedCount";
  static final String DELETED_COUNT = "deletedCount";
  static final String DELETED_ATTACHMENTS = "deletedAttachments";
  static final String RETAINED_COUNT = "retainedCount";
  static final String HELD_COUNT = "heldCount";
  static final String HELD_IN_CONFIDENCE = "heldInConfidence";

  /** Since when a hold keeps the job from its end. It stays when the job goes on. */
  static final String ON_HOLD_SINCE = "onHoldSince";

  /** Whether the owner is told that the job waits. */
  static final String ON_HOLD_TOLD = "onHoldTold";

  /** Until when the job waited for holds, where it has gone on since. */
  static final String RESUMED_AT = "resumedAt";

  /** The holds that the job waits for. */
  static final String WAITS_FOR = "waitsForHolds";

  static final String BEFORE_START_COUNT = "beforeStartCount";
  static final String RETRIES_REMAINING = "retriesRemaining";
  static final String WAITS_REMAINING = "waitsRemaining";
  static final String ROUND = "round";
  static final String RETRY_AT = "retryAt";
  static final String WAIT_UNTIL = "waitUntil";
  static final String OWN_FAILURES = "ownFailures";
  static final String STUCK_SINCE = "stuckSince";
  static final String NOTIFICATION_STATUS = "notificationStatus";
  static final String NOTIFICATION_ATTEMPTS = "notificationAttempts";
  static final String NOTIFICATION_SENT_AT = "notificationSentAt";
  static final String NOTIFICATION_REASON = "notificationReason";
  static final String CANCEL_REQUESTED_AT = "cancelRequestedAt";
  static final String CANCEL_REQUESTED_BY = "cancelRequestedBy";

  static final String LEASE_UNTIL = "leaseUntil";
  static final String FENCE = "fence";
  static final String OPEN_GROUP = "openGroup";

  /**
   * The bot, until the job has ended and its owner was told: until then, a run has work with it.
   */
  static final String OPEN_BOT_ID = "openBotId";

  static final String SWEEP_AT = "sweepAt";

  /** DynamoDB's time to live. */
  static final String EXPIRES_AT = "expiresAt";

  /** Values of {@link #OPEN_GROUP}. */
  static final String OPEN = "open";

  static final String ENDED = "ended";

  /**
   * Jobs that wait for a hold. Their {@link #SWEEP_AT} is no moment but the bot and the version of
   * its holds that the job has seen: nothing is to be done for them before that has changed.
   */
  static final String ON_HOLD = "on_hold";

  /** The index by {@link #OPEN_GROUP} and {@link #SWEEP_AT}. */
  static final String OPEN_JOBS = "OpenJobs";

  /** The index by {@link #OPEN_BOT_ID} and {@link #JOB_ID}. */
  static final String OPEN_JOBS_BY_BOT = "OpenJobsByBot";

  /** The index by {@link #BOT_ID} and {@link #SUBMITTED_AT}. */
  static final String JOBS_BY_BOT = "JobsByBot";

  static final String FENCE_HOLDS = FENCE + " = :fence";
  static final String IS_OPEN = OPEN_GROUP + " = :open";
  static final String IS_DUE = OPEN_GROUP + " = :group AND " + SWEEP_AT + " <= :now";
  static final String HAS_NOT_ENDED = "attribute_not_exists(" + COMPLETED_AT + ")";
  static final String IS_NOT_LEASED = "attribute_not_exists(" + LEASE_UNTIL + ")";

  private JobAttributes() {}
}
