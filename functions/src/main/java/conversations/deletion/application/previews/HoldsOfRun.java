package conversations.deletion.application.previews;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.reading.ReadRight;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.StandingHold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What holds keep of a preview's conversations, by the rules of a job. How the bot's holds stand is
 * read once, before the first conversation. Like all that a preview counts, it is the truth of a
 * moment. Safe for use by several threads.
 */
final class HoldsOfRun {

  private final ReadRight right;
  private final HoldLooks looks;
  private final Clocks clocks;
  private final HoldsOfBot holds;
  private final Optional<ChannelUserTag> askedFor;
  private final Map<ChannelUserTag, List<StandingHold>> ofUsers = new ConcurrentHashMap<>();

  /**
   * @param target what the preview is about
   */
  HoldsOfRun(ReadRight right, DeletionTarget target, HoldLooks looks, Clocks clocks) {
    this.right = right;
    this.looks = looks;
    this.clocks = clocks;
    this.holds = right.insist(() -> looks.find(right.bot()));
    this.askedFor =
        target
            .ofChannelUser()
            .map(ChannelUserConversations::channelUser)
            .map(user -> ChannelUserTag.of(right.bot(), user));
  }

  /**
   * Why holds keep a conversation; absent if none does.
   *
   * @param read whose it is by what was read of it
   */
  Optional<Reason> keeping(ConversationId conversation, Optional<ChannelUserTag> read) {
    Instant now = clocks.now();
    if (!holds.all().isAnyAt(now)) {
      return Optional.empty();
    }
    Optional<ChannelUserTag> user =
        askedFor.or(() -> read).filter(tag -> !tag.equals(ChannelUserTag.OF_SEVERAL));
    List<StandingHold> found = new ArrayList<>(on(new HoldKey.OfConversation(conversation), now));
    if (user.isPresent() && holds.onUsers().isAnyAt(now)) {
      found.addAll(ofUser(user.get(), now));
    }
    return StandingHold.reason(found)
        .or(() -> user.isPresent() ? Optional.empty() : holds.reasonOfUnknownUser(now));
  }

  /** Two threads may look for the same channel user. That costs a read and no more. */
  private List<StandingHold> ofUser(ChannelUserTag user, Instant now) {
    List<StandingHold> known = ofUsers.get(user);
    if (known != null) {
      return known;
    }
    List<StandingHold> found = on(new HoldKey.OfUser(user), now);
    ofUsers.put(user, found);
    return found;
  }

  private List<StandingHold> on(HoldKey key, Instant now) {
    BotId bot = right.bot();
    return right.insist(() -> looks.on(bot, key, now));
  }
}
