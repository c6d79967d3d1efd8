package conversations.deletion.application.mail;

import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The e-mail that tells a bot's owner how a job ended: what was asked, what the result is, and what
 * to do if something failed. It has no content of a conversation, and it masks the channel user.
 */
final class CompletionEmail {

  private static final int SHOWN_CHARACTERS = 6;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  /**
   * What the e-mail says, in text and in HTML. Only the maps hold words that are not this service's
   * own.
   *
   * @param summary the job's result, in a sentence
   * @param advice what its reader can do
   */
  record Content(
      JobStatus status,
      String headline,
      String summary,
      String advice,
      Map<String, Long> counts,
      Map<String, String> facts,
      Map<String, String> times,
      String footer) {}

  private final DeletionJob job;
  private final Bot bot;

  private CompletionEmail(DeletionJob job, Bot bot) {
    this.job = job;
    this.bot = bot;
  }

  /** Writes the e-mail about a job that has ended. */
  static Email of(DeletionJob job, Bot bot, String to) {
    CompletionEmail email = new CompletionEmail(job, bot);
    Content content = email.content();
    return new Email(
        to,
        content.headline() + ": " + job.id(),
        CompletionEmailText.of(content),
        CompletionEmailHtml.of(content));
  }

  private Content content() {
    return new Content(
        job.state().status(),
        "Deletion job " + outcome(),
        summary(),
        advice(),
        counts(),
        facts(),
        times(),
        "Deleted conversations can't be brought back."
            + " You get this e-mail because you are the bot's owner.");
  }

  private String outcome() {
    return switch (job.state().status()) {
      case COMPLETED -> "completed";
      case PARTIALLY_COMPLETED -> "partially completed";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
      case QUEUED, IN_PROGRESS -> throw new IllegalStateException("the job has not ended");
    };
  }

  private String summary() {
    Counts counts = job.state().counts();
    return "Deleted: %s of %s, %s."
        .formatted(
            counts.deleted(),
            counted(counts.total(), "conversation"),
            counted(counts.deletedRecords(), "record"));
  }

  private String advice() {
    Counts counts = job.state().counts();
    if (counts.failed() > 0) {
      return counted(counts.failed(), "conversation")
          + " could not be deleted, even after retries in later off-peak windows. Submit a new"
          + " deletion job for what is left. If that fails too, give its job id to the platform's"
          + " operators.";
    }
    if (job.state().status() == JobStatus.CANCELLED) {
      return "The job was cancelled. What was not deleted before the cancel took effect is still"
          + " there.";
    }
    return "There is nothing for you to do.";
  }

  private Map<String, Long> counts() {
    Counts counts = job.state().counts();
    Map<String, Long> named = new LinkedHashMap<>();
    named.put("Conversations in total", counts.total());
    named.put("Conversations deleted", counts.deleted());
    named.put("Conversations failed", counts.failed());
    named.put("Conversations not found", counts.skipped());
    named.put("Records deleted", counts.deletedRecords());
    return named;
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Bot", bot.name().map(name -> name + " (" + bot.id() + ")").orElse(bot.id().value()));
    facts.put("Job", job.id().value());
    facts.put("Asked for", request());
    return facts;
  }

  private Map<String, String> times() {
    JobState state = job.state();
    Map<String, String> times = new LinkedHashMap<>();
    times.put("Submitted", moment(job.submittedAt()));
    state.startedAt().ifPresent(start -> times.put("Started", moment(start)));
    state.completedAt().ifPresent(end -> times.put("Ended", moment(end)));
    return times;
  }

  private String request() {
    return switch (job.target()) {
      case ListedConversations _ -> "a list of conversations";
      // No job is forgotten before its end, but what it was about may have become unreadable.
      case Forgotten _ -> "conversations that the job no longer names";
      case ChannelUserConversations user ->
          "the conversations of channel user %s that began between %s and %s"
              .formatted(
                  masked(user.channelUser()),
                  moment(user.range().from()),
                  moment(user.range().to()));
    };
  }

  private static String masked(ChannelUserId user) {
    String id = user.value();
    return id.length() <= SHOWN_CHARACTERS ? "…" : id.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String moment(Instant moment) {
    return MOMENT.format(moment);
  }
}
