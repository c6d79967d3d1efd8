package conversations.deletion.handler;

import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.json.JsonReader.Scalar;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the fields of a body that several kinds of requests have. What is wrong is added to the
 * faults, and is left out of the result.
 */
final class RequestFields {

  static final String CONVERSATION_IDS = "conversationIds";
  static final String CHANNEL_USER = "cId";

  /** What an id of the platform's looks like. */
  static final String ID_EXPECTED =
      "1 to 128 printable ASCII characters other than space, '#' and '/' are expected.";

  private final Map<?, ?> body;
  private final Faults faults;

  RequestFields(Map<?, ?> body, Faults faults) {
    this.body = body;
    this.faults = faults;
  }

  /** A JSON object, which the body of a request has to be. */
  static Map<?, ?> objectOf(String body) {
    if (StrictJson.read(body) instanceof Map<?, ?> object) {
      return object;
    }
    throw Faults.only(Faults.BODY, "invalid_type", "A JSON object is expected.");
  }

  /** A misspelt field must never be taken for one that is not there. */
  void findUnknownFields(Set<String> known) {
    for (Object name : body.keySet()) {
      if (!known.contains(name)) {
        faults.add(Faults.nameOf((String) name), "unknown_field", "There is no such field.");
      }
    }
  }

  /**
   * Finds whether exactly one of both is named.
   *
   * @param needed what is told if neither is
   */
  void requireOne(String needed) {
    boolean byConversations = body.containsKey(CONVERSATION_IDS);
    boolean byChannelUser = body.containsKey(CHANNEL_USER);
    if (!byConversations && !byChannelUser) {
      faults.add(Faults.BODY, "missing_target", needed);
    }
    if (byConversations && byChannelUser) {
      faults.add(
          CHANNEL_USER, "ambiguous_target", "Only one of conversationIds and cId is allowed.");
    }
  }

  /**
   * The conversations, each once; none if the field is not there.
   *
   * @param most so many different ones are allowed
   */
  List<ConversationId> conversations(int most) {
    if (!body.containsKey(CONVERSATION_IDS)) {
      return List.of();
    }
    if (!(body.get(CONVERSATION_IDS) instanceof List<?> entries)) {
      faults.add(CONVERSATION_IDS, "invalid_type", "An array of strings is expected.");
      return List.of();
    }
    if (entries.isEmpty()) {
      faults.add(CONVERSATION_IDS, "no_ids", "At least one id is needed.");
    }
    Set<ConversationId> conversations = new LinkedHashSet<>();
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
    if (conversations.size() > most) {
      faults.add(
          CONVERSATION_IDS, "too_many_ids", "At most " + most + " different ids are allowed.");
    }
    return List.copyOf(conversations);
  }

  /** The channel user; absent if the field is not there. */
  Optional<ChannelUserId> channelUser() {
    Optional<String> id = text(CHANNEL_USER);
    if (id.isPresent() && !ChannelUserId.isValid(id.get())) {
      faults.add(CHANNEL_USER, "invalid_id", ID_EXPECTED);
      return Optional.empty();
    }
    return id.map(ChannelUserId::new);
  }

  boolean has(String field) {
    return body.containsKey(field);
  }

  /** The text of a field; absent if the field is not there. */
  Optional<String> text(String field) {
    if (!body.containsKey(field)) {
      return Optional.empty();
    }
    if (body.get(field) instanceof String text) {
      return Optional.of(text);
    }
    faults.add(field, "invalid_type", "A string is expected.");
    return Optional.empty();
  }

  /** The moment that a field names; absent if the field is not there. */
  Optional<Instant> moment(String field) {
    Optional<String> text = text(field);
    Optional<Instant> moment = text.flatMap(DateText::parseMoment);
    if (text.isPresent() && moment.isEmpty()) {
      faults.add(field, "invalid_date", DateText.MOMENT_EXPECTED);
    }
    return moment;
  }

  /** Tells whether a field says yes; no if it is not there. */
  boolean flag(String field) {
    Object value = body.containsKey(field) ? body.get(field) : Scalar.FALSE;
    if (value != Scalar.TRUE && value != Scalar.FALSE) {
      faults.add(field, "invalid_type", "true or false is expected.");
    }
    return value == Scalar.TRUE;
  }
}
