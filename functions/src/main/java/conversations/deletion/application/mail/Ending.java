package conversations.deletion.application.mail;

import conversations.deletion.domain.Counts;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.RequestType;

/**
 * How a job ended, as its owner is told. Headline, colour and advice follow from it alone. It is
 * the job's status; of a completed job it also says whether all that was asked for was there.
 */
enum Ending {
  COMPLETED("completed", "There is nothing for you to do."),

  NOT_ALL_THERE(
      "completed",
      "All conversations that were found are deleted. The rest was not there: it was unknown, another bot's, or"
          + " deleted before. If that surprises you, check %1$s."),

  NOTHING_FOUND(
      "completed, nothing found",
      "Nothing that was asked for was there: it was unknown, another bot's%2$s."
          + " Check %1$s, and whether this is the right bot."),

  PARTIALLY_COMPLETED(
      "partially completed",
      "Not all that was found could be deleted. Whoever asked can look up by the job's id what is"
          + " left and why, and submit a new job for it. If that fails too, give its id to the"
          + " platform's operators."),

  FAILED(
      "failed",
      "What was asked for may still be there. Whoever asked can look up the reason by the job's id,"
          + " and submit a new job. If that fails too, give its id to the platform's operators."),

  CANCELLED(
      "cancelled",
      "The job was cancelled. What was not deleted before the cancel took effect was left as it"
          + " was.");

  private static final String OF_ATTACHMENTS =
      " If the reason is attachments_refused or id_unusable, ask the operators first: a new job"
          + " helps only once that is mended.";

  private final String headline;
  private final String advice;

  Ending(String headline, String advice) {
    this.headline = headline;
    this.advice = advice;
  }

  /**
   * How a job in this state ended.
   *
   * @throws IllegalStateException if it has not ended
   */
  static Ending of(JobState state) {
    return switch (state.status()) {
      case COMPLETED -> completed(state.counts());
      case PARTIALLY_COMPLETED -> PARTIALLY_COMPLETED;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
      case QUEUED, IN_PROGRESS, ON_HOLD -> throw new IllegalStateException("the job has not ended");
    };
  }

  private static Ending completed(Counts counts) {
    if (counts.deleted() == 0) {
      return NOTHING_FOUND;
    }
    return counts.skipped() == 0 ? COMPLETED : NOT_ALL_THERE;
  }

  String headline() {
    return headline;
  }

  /**
   * What its reader can do.
   *
   * @param hasBucket whether conversations may have attachments
   */
  String advice(RequestType asked, boolean hasBucket) {
    String ofRequest =
        switch (asked) {
          case CONVERSATION_IDS ->
              advice.formatted("the conversations' ids", ", or deleted before");
          case CHANNEL_USER ->
              advice.formatted(
                  "the channel user's id and the dates",
                  ", deleted before, or outside the dates of the job");
        };
    return ofRequest + moreAdvice(hasBucket);
  }

  /**
   * What to do for the reasons that a new job alone does not help with. The e-mail does not know
   * which reasons there were, and names these only where they can be.
   */
  String moreAdvice(boolean hasBucket) {
    return switch (this) {
      case PARTIALLY_COMPLETED, FAILED -> hasBucket ? OF_ATTACHMENTS : "";
      case COMPLETED, NOT_ALL_THERE, NOTHING_FOUND, CANCELLED -> "";
    };
  }
}
