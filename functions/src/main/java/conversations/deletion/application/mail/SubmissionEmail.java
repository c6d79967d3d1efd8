package conversations.deletion.application.mail;

import conversations.deletion.application.mail.CompletionEmail.Content;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.RequestType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The e-mail that tells the owner of a submitted job: who asked for what, when it begins, and until
 * when and how it can be cancelled.
 */
final class SubmissionEmail {

  private SubmissionEmail() {}

  /**
   * What it says.
   *
   * @param facts what all e-mails say about the job
   */
  static Content of(DeletionJob job, Map<String, String> facts) {
    return new Content(
        Tone.PLAIN,
        "Deletion job submitted",
        summary(job),
        advice(job),
        counts(job),
        facts,
        times(job),
        CompletionEmail.OWNER);
  }

  private static String summary(DeletionJob job) {
    return hasBegun(job)
        ? "Conversations of this bot are being deleted."
        : "Conversations of this bot will be deleted, from "
            + CompletionEmail.moment(begins(job))
            + " on.";
  }

  private static String advice(DeletionJob job) {
    String how =
        " If you did not expect it, ask whoever asked for it, or the platform's operators, to cancel"
            + " the job by its id (DELETE .../conversations/delete/"
            + job.id()
            + ").";
    return hasBegun(job)
        ? "What is deleted can't be brought back. A cancel now still keeps what has not been begun."
            + how
        : "What is deleted can't be brought back. Until "
            + CompletionEmail.moment(begins(job))
            + " the job can be cancelled, and then nothing is deleted."
            + how;
  }

  /** Only the number of listed conversations is known before a run has looked. */
  private static Map<String, Long> counts(DeletionJob job) {
    return job.target().requestType() == RequestType.CONVERSATION_IDS
        ? Map.of("Conversations asked for", job.state().counts().total())
        : Map.of();
  }

  private static Map<String, String> times(DeletionJob job) {
    JobState state = job.state();
    Map<String, String> times = new LinkedHashMap<>();
    times.put("Submitted", CompletionEmail.moment(job.submittedAt()));
    job.notBefore().ifPresent(at -> times.put("Not before", CompletionEmail.moment(at)));
    if (!hasBegun(job)) {
      times.put("Begins", CompletionEmail.moment(begins(job)));
    }
    state.startedAt().ifPresent(start -> times.put("Started", CompletionEmail.moment(start)));
    return times;
  }

  private static boolean hasBegun(DeletionJob job) {
    return job.state().startedAt().isPresent();
  }

  /** A run begins with it then at the earliest. */
  private static Instant begins(DeletionJob job) {
    return job.state().scheduledAt();
  }
}
