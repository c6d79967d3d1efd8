package conversations.deletion.handler;

import static conversations.deletion.handler.RequestFields.CHANNEL_USER;
import static conversations.deletion.handler.RequestFields.CONVERSATION_IDS;

import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the body of a request to hold. */
final class HoldRequestParser {

  private static final String REASON = "reason";
  private static final String REVIEW_AT = "reviewAt";
  private static final String CONFIDENTIAL = "confidential";

  private static final Set<String> KNOWN =
      Set.of(CONVERSATION_IDS, CHANNEL_USER, REASON, REVIEW_AT, CONFIDENTIAL);

  private static final String REASON_EXPECTED =
      "1 to 500 printable characters are expected, not all of them spaces.";

  private HoldRequestParser() {}

  /**
   * Reads it.
   *
   * @param faults the faults of the rest of the request
   * @throws ProblemException with all faults of the request
   */
  static HoldRequest parse(String body, Faults faults) {
    RequestFields fields = new RequestFields(RequestFields.objectOf(body), faults);
    fields.findUnknownFields(KNOWN);
    fields.requireOne("Either conversationIds or cId is needed.");
    List<ConversationId> conversations = fields.conversations(HeldConversations.MAX);
    Optional<ChannelUserId> user = fields.channelUser();
    Optional<HoldReason> reason = reason(fields, faults);
    Optional<Instant> reviewAt = fields.moment(REVIEW_AT);
    boolean isConfidential = fields.flag(CONFIDENTIAL);
    faults.throwIfAny();
    return new HoldRequest(
        user.isPresent() ? new HeldChannelUser(user.get()) : new HeldConversations(conversations),
        reason.orElseThrow(),
        reviewAt,
        isConfidential);
  }

  private static Optional<HoldReason> reason(RequestFields fields, Faults faults) {
    if (!fields.has(REASON)) {
      faults.add(REASON, "missing_reason", REASON_EXPECTED);
      return Optional.empty();
    }
    Optional<String> text = fields.text(REASON);
    if (text.isPresent() && !HoldReason.isValid(text.get())) {
      faults.add(REASON, "invalid_reason", REASON_EXPECTED);
      return Optional.empty();
    }
    return text.map(HoldReason::new);
  }
}
