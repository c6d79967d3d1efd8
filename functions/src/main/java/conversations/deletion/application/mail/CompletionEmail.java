package conversations.deletion.application.mail;

import conversations.deletion.application.port.ClientAppNames;
import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.Amount;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.DeletionTarget.PreviewedConversations;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The e-mail that tells a bot's owner how a job ended: who asked for what, what the result is, what
 * there is to do, and until when backups hold what was deleted. It has no content of a
 * conversation, and it masks the channel user.
 */
final class CompletionEmail {

  static final String OWNER = "You get this e-mail because you are the bot's owner.";

  private static final int MOST_SHOWN = 6;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  /**
   * What the e-mail says, in text and in HTML. Only the facts hold words that are not this
   * service's own, and there they are {@linkplain OutsideText#isolated isolated}.
   *
   * @param summary the job's result, in a sentence
   * @param advice what its reader can do
   */
  record Content(
      Tone tone,
      String headline,
      String summary,
      String advice,
      Map<String, Long> counts,
      Map<String, String> facts,
      Map<String, String> times,
      String footer) {}

  private final DeletionJob job;
  private final Bot bot;
  private final CompletionEmails emails;

  private CompletionEmail(DeletionJob job, Bot bot, CompletionEmails emails) {
    this.job = job;
    this.bot = bot;
    this.emails = emails;
  }

  /**
   * Writes the e-mail about a job that has ended.
   *
   * @param bot its bot, whose owner has an address
   * @throws RuntimeException if a client app could not be looked up
   */
  static Email of(DeletionJob job, Bot bot, CompletionEmails emails) {
    Content content = new CompletionEmail(job, bot, emails).content();
    return new Email(
        bot.ownerEmail().orElseThrow(),
        content.headline() + ": " + job.id(),
        CompletionEmailText.of(content),
        CompletionEmailHtml.of(content));
  }

  private Content content() {
    Ending ending = Ending.of(job.state());
    Counts counts = job.state().counts();
    return new Content(
        Tone.of(ending),
        "Deletion job " + ending.headline(),
        deleted(counts),
        ending.advice(job.target().requestType(), emails.hasBucket()),
        counts(),
        facts(),
        times(),
        backups(counts, job.state().completedAt(), emails.backups()) + OWNER);
  }

  static String deleted(Counts counts) {
    return counts.total() == 0
        ? "No conversation was deleted."
        : "Deleted: %s of %s, %s."
            .formatted(
                counts.deleted(),
                Amount.of(counts.total(), "conversation"),
                Amount.deleted(counts));
  }

  private Map<String, Long> counts() {
    Counts counts = job.state().counts();
    Map<String, Long> named = new LinkedHashMap<>();
    named.put(
        switch (job.target().requestType()) {
          case CONVERSATION_IDS -> "Conversations asked for";
          case CHANNEL_USER -> "Conversations found";
        },
        counts.total());
    named.put("Conversations deleted", counts.deleted());
    named.put("Conversations failed", counts.failed());
    named.put("Conversations not there", counts.skipped());
    if (counts.toDo() > 0) {
      named.put("Conversations not dealt with", counts.toDo());
    }
    named.put("Records deleted", counts.deletedRecords());
    if (emails.hasBucket() || counts.deletedAttachments() > 0) {
      named.put("Attachments deleted", counts.deletedAttachments());
    }
    return named;
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Bot", named(bot.name(), bot.id().value()));
    facts.put("Job", job.id().value());
    String asker = clientApp(job.requestedBy(), emails.clientApps());
    facts.put("Asked by", asker);
    job.reference().ifPresent(one -> facts.put("Reference", OutsideText.isolated(one.value())));
    facts.put("Asked for", request(job.target()));
    job.state()
        .cancelRequest()
        .map(CancelRequest::by)
        .map(by -> by.equals(job.requestedBy()) ? asker : clientApp(by, emails.clientApps()))
        .ifPresent(by -> facts.put("Cancel asked by", by));
    job.state()
        .beforeStart()
        .filter(count -> count > 0)
        .ifPresent(count -> facts.put("Left", earlier(count)));
    retained(job.state().counts().retainedRecords()).ifPresent(text -> facts.put("Retained", text));
    return facts;
  }

  /** Records may come and go after the look that counted them, so it says of when the number is. */
  static Optional<String> retained(long count) {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            Amount.of(count, "record")
                + " of deleted conversations, of types that the platform keeps, such as analytics."
                + " Counted when each conversation was last looked at.");
  }

  static String clientApp(ClientAppId id, ClientAppNames clientApps) {
    return named(clientApps.find(id), id.value());
  }

  static String named(Optional<String> name, String id) {
    return name.filter(text -> !Set.of("", id).contains(Printable.of(text)))
        .map(text -> OutsideText.isolated(text) + " (" + id + ")")
        .orElse(id);
  }

  private Map<String, String> times() {
    JobState state = job.state();
    Map<String, String> times = new LinkedHashMap<>();
    times.put("Submitted", moment(job.submittedAt()));
    job.notBefore().ifPresent(moment -> times.put("Not before", moment(moment)));
    state.startedAt().ifPresent(start -> times.put("Started", moment(start)));
    state.completedAt().ifPresent(end -> times.put("Ended", moment(end)));
    return times;
  }

  /** What a job was asked to delete, with the channel user masked. */
  static String request(DeletionTarget target) {
    return switch (target) {
      case ListedConversations _ -> "a list of conversations";
      case PreviewedConversations listed ->
          request(listed.asked()) + ", as preview %s lists them".formatted(listed.id());
      // No job is forgotten before its end, but what it was about may have become unreadable.
      case Forgotten _ -> "conversations that the job no longer names";
      case ChannelUserConversations user ->
          "the conversations of %s that began between %s and %s"
              .formatted(
                  masked(user.channelUser()),
                  moment(user.range().from()),
                  moment(user.range().to()));
    };
  }

  private static String earlier(long count) {
    return Amount.of(count, "earlier conversation")
        + " of this channel user, when the job looked. To delete "
        + (count == 1 ? "it" : "them")
        + ", a new job has to name a start date.";
  }

  /**
   * At most a third of the id is shown, or a short one could be guessed. Of an address it is a
   * third of the part that names the person.
   */
  private static String masked(ChannelUserId user) {
    String id = user.value();
    int end = id.indexOf('@') < 0 ? id.length() : id.indexOf('@');
    int shown = Math.min(MOST_SHOWN, end / 3);
    return shown == 0
        ? "a channel user whose id is hidden"
        : "channel user " + OutsideText.isolated(id.substring(0, shown) + "…");
  }

  /**
   * Until when backups hold what was deleted; nothing if nothing was. There are none of
   * attachments.
   *
   * @param deleted what was deleted
   * @param end the last moment at which something may have been deleted
   */
  static String backups(Counts deleted, Optional<Instant> end, Duration backups) {
    if (deleted.deletedInAll() == 0) {
      return "";
    }
    if (backups.isZero() || deleted.deletedRecords() == 0) {
      return "This service makes no backups of what was deleted, and knows of none that others"
          + " make. ";
    }
    return "Backups of this service hold %s until %s. It knows of no other copies. "
        .formatted(
            deleted.deletedAttachments() == 0
                ? "what was deleted"
                : "the deleted records, but no attachments,",
            moment(end.orElseThrow().plus(backups)));
  }

  static String moment(Instant moment) {
    return MOMENT.format(moment);
  }
}
