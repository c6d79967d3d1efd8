package conversations.deletion.application.mail;

import conversations.deletion.application.mail.CompletionEmail.Content;
import conversations.deletion.domain.Amount;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OnHold;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The e-mail that tells the owner that nothing is left to do of a job but what a hold keeps.
 *
 * <p>It tells neither which hold nor why. What only confidential holds keep is in no number: not
 * even the total of conversations is told, as the difference would tell.
 */
final class OnHoldEmail {

  private OnHoldEmail() {}

  /**
   * What it says.
   *
   * @param facts what all e-mails say about the job
   */
  static Content of(DeletionJob job, Map<String, String> facts) {
    Counts counts = job.state().counts();
    return new Content(
        Tone.PLAIN,
        "Deletion job on hold",
        "Nothing is left to do but what a hold keeps: %s. Deleted: %s, %s."
            .formatted(
                Amount.of(counts.held(), "conversation"),
                Amount.of(counts.deleted(), "conversation"),
                Amount.deleted(counts)),
        advice(job),
        counts(counts),
        facts,
        times(job),
        CompletionEmail.OWNER);
  }

  private static String advice(DeletionJob job) {
    return "There is nothing to do. A hold is an order to delete nothing of certain conversations for"
        + " now. Once it is released, the job goes on by itself in a later off-peak window. If what"
        + " is kept is not to be deleted at all, ask whoever asked for the job, or the platform's"
        + " operators, to cancel the job by its id (DELETE .../conversations/delete/"
        + job.id()
        + ").";
  }

  private static Map<String, Long> counts(Counts counts) {
    Map<String, Long> named = new LinkedHashMap<>();
    named.put("Conversations held", counts.held());
    named.put("Conversations deleted", counts.deleted());
    named.put("Conversations failed", counts.failed());
    named.put("Conversations not there", counts.skipped());
    named.put("Records deleted", counts.deletedRecords());
    if (counts.deletedAttachments() > 0) {
      named.put("Attachments deleted", counts.deletedAttachments());
    }
    return named;
  }

  private static Map<String, String> times(DeletionJob job) {
    JobState state = job.state();
    Map<String, String> times = new LinkedHashMap<>();
    times.put("Submitted", CompletionEmail.moment(job.submittedAt()));
    state.startedAt().ifPresent(start -> times.put("Started", CompletionEmail.moment(start)));
    state
        .onHold()
        .map(OnHold::since)
        .ifPresent(since -> times.put("On hold since", CompletionEmail.moment(since)));
    return times;
  }
}
