package conversations.deletion.application.offpeak;

import conversations.deletion.application.reading.ConversationRules;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks of the conversations of a job what keeps them, each as seldom as can be. Used by one thread
 * at a time.
 */
final class HoldChecks {

  private final HeldLease lease;
  private final KnownHolds holds;
  private final Optional<ChannelUserTag> askedFor;

  HoldChecks(HeldLease lease, ConversationRules rules) {
    this.lease = lease;
    this.holds = lease.holds();
    this.askedFor =
        rules.user().map(asked -> ChannelUserTag.of(lease.job().bot(), asked.channelUser()));
  }

  /**
   * What keeps a conversation, as far as that is known before it is read. One that was kept before
   * is looked up; others are once they are read.
   */
  Optional<Kept> before(JobConversation conversation) {
    ConversationId id = conversation.conversation();
    Optional<ChannelUserTag> user = userOf(conversation);
    Optional<Kept> known =
        holds.kept(id, user).or(() -> user.flatMap(it -> lease.insist(() -> holds.look(it))));
    return known.isEmpty() && conversation.isHeld()
        ? lease.insist(() -> holds.look(id, user))
        : known;
  }

  /** Looks up conversations that were just read, some at a time. */
  void lookUp(List<Readout> readouts) {
    Map<ConversationId, Optional<ChannelUserTag>> users = new LinkedHashMap<>();
    readouts.forEach(one -> users.put(one.id(), userOf(one.conversation())));
    lease.insist(() -> holds.lookAll(users));
  }

  /** What keeps a conversation that is to be planned. */
  Optional<Kept> atPlanning(JobConversation conversation) {
    ConversationId id = conversation.conversation();
    return holds.isFree(id)
        ? Optional.empty()
        : lease.insist(() -> holds.look(id, userOf(conversation)));
  }

  /** Whose a conversation is, as far as anybody can tell. */
  private Optional<ChannelUserTag> userOf(JobConversation conversation) {
    return askedFor.or(conversation::user).filter(tag -> !tag.equals(ChannelUserTag.OF_SEVERAL));
  }

  /** The same, with whose it is where the job does not say so. */
  Readout named(Readout readout) {
    JobConversation conversation = readout.conversation();
    return askedFor.isPresent()
        ? readout
        : readout.of(
            conversation.of(readout.activity().user(lease.job().bot(), conversation.user())));
  }
}
