package conversations.deletion.handler;

import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.DeletionRequest.ByPreview;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.Terms;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the body of a request to delete. */
final class DeletionRequestParser {

  private static final String CONVERSATION_IDS = "conversationIds";
  private static final String CHANNEL_USER = "cId";
  private static final String START = "startDate";
  private static final String END = "endDate";
  private static final String PREVIEW = "previewId";

  private static final Set<String> KNOWN_TO_PREVIEWS =
      Set.of(CONVERSATION_IDS, CHANNEL_USER, START, END);
  private static final Set<String> KNOWN =
      Set.of(
          CONVERSATION_IDS,
          CHANNEL_USER,
          START,
          END,
          PREVIEW,
          TermsFields.REFERENCE,
          TermsFields.NOT_BEFORE);

  private static final String ID_EXPECTED =
      "1 to 128 printable ASCII characters other than space, '#' and '/' are expected.";

  private final Map<?, ?> body;
  private final Instant now;
  private final Faults faults;

  private DeletionRequestParser(Map<?, ?> body, Instant now, Faults faults) {
    this.body = body;
    this.now = now;
    this.faults = faults;
  }

  /**
   * Reads the body of a request for a job.
   *
   * @param now the moment of submission; no range may go beyond it
   * @param faults the faults of the rest of the request
   * @throws ProblemException with all faults of the request
   */
  static DeletionRequest parse(String body, Instant now, Faults faults) {
    return of(body, now, faults).parseJob();
  }

  /** The same of a request for a preview. Nothing goes with it beside what it is about. */
  static DeletionRequest.Described ofPreview(String body, Instant now, Faults faults) {
    return of(body, now, faults).parsePreview();
  }

  private static DeletionRequestParser of(String body, Instant now, Faults faults) {
    if (StrictJson.read(body) instanceof Map<?, ?> object) {
      return new DeletionRequestParser(object, now, faults);
    }
    throw Faults.only(Faults.BODY, "invalid_type", "A JSON object is expected.");
  }

  private DeletionRequest parseJob() {
    findUnknownFields(KNOWN);
    Terms terms = TermsFields.read(body, now, faults);
    if (!body.containsKey(PREVIEW)) {
      return parse("One of conversationIds, cId and previewId is needed.", terms);
    }
    if (KNOWN_TO_PREVIEWS.stream().anyMatch(body::containsKey)) {
      faults.add(
          PREVIEW,
          "ambiguous_target",
          "It stands in place of conversationIds, cId, startDate and endDate.");
    }
    Optional<PreviewId> preview = preview();
    faults.throwIfAny();
    return new ByPreview(preview.orElseThrow(), terms);
  }

  private DeletionRequest.Described parsePreview() {
    findUnknownFields(KNOWN_TO_PREVIEWS);
    return parse("Either conversationIds or cId is needed.", Terms.NONE);
  }

  private DeletionRequest.Described parse(String needed, Terms terms) {
    boolean byConversations = body.containsKey(CONVERSATION_IDS);
    boolean byChannelUser = body.containsKey(CHANNEL_USER);
    if (!byConversations && !byChannelUser) {
      faults.add(Faults.BODY, "missing_target", needed);
    }
    if (byConversations && byChannelUser) {
      faults.add(
          CHANNEL_USER, "ambiguous_target", "Only one of conversationIds and cId is allowed.");
    }
    Set<ConversationId> conversations = byConversations ? conversations() : Set.of();
    Optional<ChannelUserId> channelUser = byChannelUser ? channelUser() : Optional.empty();
    // Listed conversations take precedence: the dates are then ignored, even invalid ones.
    Optional<DateText> start = byConversations ? Optional.empty() : date(START);
    Optional<DateText> end = byConversations ? Optional.empty() : date(END);
    requireRange(start, end);
    faults.throwIfAny();
    return byConversations
        ? new ByConversations(List.copyOf(conversations), terms)
        : new ByChannelUser(
            channelUser.orElseThrow(), start.map(DateText::first), end.map(DateText::last), terms);
  }

  /** A misspelt {@code startDate} must never turn into "delete everything". */
  private void findUnknownFields(Set<String> known) {
    for (Object name : body.keySet()) {
      if (!known.contains(name)) {
        faults.add(Faults.nameOf((String) name), "unknown_field", "There is no such field.");
      }
    }
  }

  private Optional<PreviewId> preview() {
    if (!(body.get(PREVIEW) instanceof String id)) {
      faults.add(PREVIEW, "invalid_type", "A string is expected.");
      return Optional.empty();
    }
    if (!PreviewId.isValid(id)) {
      faults.add(PREVIEW, "invalid_id", "The id of a preview is expected: cdp- and a UUID.");
      return Optional.empty();
    }
    return Optional.of(new PreviewId(id));
  }

  private Set<ConversationId> conversations() {
    Set<ConversationId> conversations = new LinkedHashSet<>();
    if (!(body.get(CONVERSATION_IDS) instanceof List<?> entries)) {
      faults.add(CONVERSATION_IDS, "invalid_type", "An array of strings is expected.");
      return conversations;
    }
    if (entries.isEmpty()) {
      faults.add(CONVERSATION_IDS, "no_ids", "At least one id is needed.");
    }
    for (int i = 0; i < entries.size(); i++) {
      String field = CONVERSATION_IDS + "[" + i + "]";
      if (!(entries.get(i) instanceof String id)) {
        faults.add(field, "invalid_type", "A string is expected.");
      } else if (!ConversationId.isValid(id)) {
        faults.add(field, "invalid_id", ID_EXPECTED);
      } else {
        conversations.add(new ConversationId(id));
      }
    }
    if (conversations.size() > DeletionRequest.MAX_CONVERSATIONS) {
      faults.add(
          CONVERSATION_IDS,
          "too_many_ids",
          "At most " + DeletionRequest.MAX_CONVERSATIONS + " different ids are allowed.");
    }
    return conversations;
  }

  private Optional<ChannelUserId> channelUser() {
    if (!(body.get(CHANNEL_USER) instanceof String id)) {
      faults.add(CHANNEL_USER, "invalid_type", "A string is expected.");
      return Optional.empty();
    }
    if (!ChannelUserId.isValid(id)) {
      faults.add(CHANNEL_USER, "invalid_id", ID_EXPECTED);
      return Optional.empty();
    }
    return Optional.of(new ChannelUserId(id));
  }

  private Optional<DateText> date(String field) {
    if (!body.containsKey(field)) {
      return Optional.empty();
    }
    if (!(body.get(field) instanceof String text)) {
      faults.add(field, "invalid_type", "A string is expected.");
      return Optional.empty();
    }
    Optional<DateText> date = DateText.parse(text);
    if (date.isEmpty()) {
      faults.add(field, "invalid_date", DateText.EXPECTED);
    }
    return date;
  }

  private void requireRange(Optional<DateText> start, Optional<DateText> end) {
    if (end.isPresent() && end.get().isAfter(now)) {
      faults.add(END, "future_end_date", "The date must not be in the future (UTC).");
    }
    Instant last = end.map(DateText::last).filter(now::isAfter).orElse(now);
    if (start.isPresent() && start.get().first().isAfter(last)) {
      faults.add(
          START, "start_after_end", "The date must be neither after endDate nor in the future.");
    }
  }
}
