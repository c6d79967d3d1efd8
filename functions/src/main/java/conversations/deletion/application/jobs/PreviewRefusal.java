package conversations.deletion.application.jobs;

/** Why no job can be made, for a reason that has to do with a preview. */
public enum PreviewRefusal {
  /** The bot has no such preview. */
  UNKNOWN,
  /** It has not ended, or it has failed. */
  NOT_COMPLETED,
  /** It can be used no more. */
  EXPIRED,
  /** As many jobs were made of it as can be. */
  USED_UP,
  /** The channel user has so many conversations that a preview is required. */
  REQUIRED
}
