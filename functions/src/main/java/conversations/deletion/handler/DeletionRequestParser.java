package conversations.deletion.handler;

import static conversations.deletion.handler.RequestFields.CHANNEL_USER;
import static conversations.deletion.handler.RequestFields.CONVERSATION_IDS;

import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.DeletionRequest.ByPreview;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the body of a request to delete. */
final class DeletionRequestParser {

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

  private final Map<?, ?> body;
  private final Instant now;
  private final Faults faults;
  private final RequestFields fields;

  private DeletionRequestParser(Map<?, ?> body, Instant now, Faults faults) {
    this.body = body;
    this.now = now;
    this.faults = faults;
    this.fields = new RequestFields(body, faults);
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
    return new DeletionRequestParser(RequestFields.objectOf(body), now, faults);
  }

  private DeletionRequest parseJob() {
    fields.findUnknownFields(KNOWN);
    Terms terms = TermsFields.read(fields, now, faults);
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
    fields.findUnknownFields(KNOWN_TO_PREVIEWS);
    return parse("Either conversationIds or cId is needed.", Terms.NONE);
  }

  private DeletionRequest.Described parse(String needed, Terms terms) {
    fields.requireOne(needed);
    boolean byConversations = body.containsKey(CONVERSATION_IDS);
    List<ConversationId> conversations = fields.conversations(DeletionRequest.MAX_CONVERSATIONS);
    Optional<ChannelUserId> channelUser = fields.channelUser();
    // Listed conversations take precedence: the dates are then ignored, even invalid ones.
    Optional<DateText> start = byConversations ? Optional.empty() : date(START);
    Optional<DateText> end = byConversations ? Optional.empty() : date(END);
    requireRange(start, end);
    faults.throwIfAny();
    return byConversations
        ? new ByConversations(conversations, terms)
        : new ByChannelUser(
            channelUser.orElseThrow(), start.map(DateText::first), end.map(DateText::last), terms);
  }

  private Optional<PreviewId> preview() {
    Optional<String> id = fields.text(PREVIEW);
    if (id.isPresent() && !PreviewId.isValid(id.get())) {
      faults.add(PREVIEW, "invalid_id", "The id of a preview is expected: cdp- and a UUID.");
      return Optional.empty();
    }
    return id.map(PreviewId::new);
  }

  private Optional<DateText> date(String field) {
    Optional<String> text = fields.text(field);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<DateText> date = DateText.parse(text.get());
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
