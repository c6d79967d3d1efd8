package conversations.deletion.domain;

/** What holds are looked up by. */
public sealed interface HoldKey {

  /** The holds on a conversation. */
  record OfConversation(ConversationId conversation) implements HoldKey {}

  /** The holds on a channel user. */
  record OfUser(ChannelUserTag user) implements HoldKey {}
}
