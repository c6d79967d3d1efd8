package conversations.deletion.application;

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
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The e-mail that tells a bot's owner how a job ended: what was asked, what came of it, and what to
 * do where something failed. No content of a conversation, and the channel user masked.
 */
final class CompletionEmail {

  private static final int SHOWN_CHARACTERS = 6;

  private final DeletionJob job;
  private final Bot bot;

  private CompletionEmail(DeletionJob job, Bot bot) {
    this.job = job;
    this.bot = bot;
  }

  /** Writes the e-mail about a job that has ended. */
  static Email of(DeletionJob job, Bot bot, String to) {
    CompletionEmail email = new CompletionEmail(job, bot);
    return new Email(to, email.subject(), email.text(), email.html());
  }

  private String subject() {
    return "Deletion job " + outcome() + ": " + job.id();
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

  private String sentence() {
    return job.state().status() == JobStatus.CANCELLED
        ? "The deletion job was cancelled."
        : "The deletion job has " + outcome() + ".";
  }

  private String summary() {
    Counts counts = job.state().counts();
    return "%s of %s deleted, %s in all."
        .formatted(
            counts.deleted(),
            counted(counts.total(), "conversation"),
            counted(counts.deletedRecords(), "record"));
  }

  private String advice() {
    Counts counts = job.state().counts();
    if (counts.failed() > 0) {
      return counted(counts.failed(), "conversation")
          + " could not be deleted, also when tried again in later off-peak windows. Submit a new deletion"
          + " job for what is left; if it fails again, give the job id to the platform's operators.";
    }
    if (job.state().status() == JobStatus.CANCELLED) {
      return "What was not deleted before the cancel took effect is still there.";
    }
    return "There is nothing for you to do.";
  }

  private Map<String, String> facts() {
    JobState state = job.state();
    Counts counts = state.counts();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Bot", bot.name().map(name -> name + " (" + bot.id() + ")").orElse(bot.id().value()));
    facts.put("Job", job.id().value());
    facts.put("Status", outcome());
    facts.putAll(request());
    facts.put("Conversations found", Long.toString(counts.total()));
    facts.put("Conversations deleted", Long.toString(counts.deleted()));
    facts.put("Records deleted", Long.toString(counts.deletedRecords()));
    facts.put("Conversations failed", Long.toString(counts.failed()));
    facts.put("Conversations not there", Long.toString(counts.skipped()));
    facts.put("Submitted", moment(job.submittedAt()));
    state.startedAt().ifPresent(start -> facts.put("Started", moment(start)));
    state.completedAt().ifPresent(end -> facts.put("Ended", moment(end)));
    return facts;
  }

  private Map<String, String> request() {
    Map<String, String> facts = new LinkedHashMap<>();
    switch (job.target()) {
      case ListedConversations _ -> facts.put("Asked for", "a list of conversations");
      case Forgotten _ -> throw new IllegalStateException("a job forgets after its e-mail only");
      case ChannelUserConversations user -> {
        facts.put("Asked for", "the conversations of channel user " + masked(user.channelUser()));
        facts.put(
            "Started between", moment(user.range().from()) + " and " + moment(user.range().to()));
      }
    }
    return facts;
  }

  private String text() {
    String facts =
        facts().entrySet().stream()
            .map(fact -> "%-26s%s".formatted(fact.getKey() + ":", fact.getValue()))
            .collect(Collectors.joining("\n"));
    return """
        %s %s

        %s

        %s

        Deleted conversations can't be brought back. This e-mail was sent because you are the \
        bot's owner.
        """
        .formatted(sentence(), summary(), facts, advice());
  }

  private String html() {
    String rows =
        facts().entrySet().stream()
            .map(
                fact ->
                    "      <tr><th>%s</th><td>%s</td></tr>"
                        .formatted(escaped(fact.getKey()), escaped(fact.getValue())))
            .collect(Collectors.joining("\n"));
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>%s</title>
          <style>
            body { font-family: system-ui, sans-serif; line-height: 1.5; margin: 1.5rem; max-width: 40rem; }
            table { border-collapse: collapse; margin: 1rem 0; }
            th { text-align: left; font-weight: 600; padding: .25rem 1rem .25rem 0; vertical-align: top; }
            td { padding: .25rem 0; overflow-wrap: anywhere; }
            footer { font-size: .85rem; opacity: .75; }
          </style>
        </head>
        <body>
          <p>%s %s</p>
          <table>
        %s
          </table>
          <p>%s</p>
          <footer>Deleted conversations can't be brought back. This e-mail was sent because you are \
        the bot's owner.</footer>
        </body>
        </html>
        """
        .formatted(escaped(subject()), sentence(), summary(), rows, escaped(advice()));
  }

  private static String masked(ChannelUserId user) {
    String id = user.value();
    return id.length() <= SHOWN_CHARACTERS ? "…" : id.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String moment(Instant moment) {
    return Timestamps.format(moment);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
