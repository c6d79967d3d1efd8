package conversations.deletion.application.reading;

import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.RecordPage;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ChannelUserTag;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a conversation's records tell about it.
 *
 * @param isOfSeveral whether session headers among them name different channel users
 * @param undated how many of them do not tell when they were made
 * @param retained how many more there are, which are to stay
 */
public record Activity(
    Optional<Instant> last,
    Optional<SessionHeader> header,
    boolean isOfSeveral,
    int undated,
    long retained) {

  /** Nothing was read. */
  public static final Activity NONE = new Activity(Optional.empty(), Optional.empty(), false, 0, 0);

  /**
   * This, and what a page of records tells.
   *
   * @param credibleUntil a record that claims to be made later tells nothing about its age
   */
  Activity plus(RecordPage page, Instant credibleUntil) {
    Instant latest = last.orElse(Instant.MIN);
    Optional<SessionHeader> firstHeader = header;
    boolean hasSeveral = isOfSeveral;
    int withoutMoment = undated;
    for (RecordHead record : page.records()) {
      Instant moment = record.createdAt().orElse(Instant.MIN);
      if (moment.isAfter(latest) && !moment.isAfter(credibleUntil)) {
        latest = moment;
      }
      if (record.createdAt().isEmpty()) {
        withoutMoment++;
      }
      hasSeveral |= differ(firstHeader, record.header());
      if (firstHeader.isEmpty()) {
        firstHeader = record.header();
      }
    }
    return new Activity(
        latest.equals(Instant.MIN) ? Optional.empty() : Optional.of(latest),
        firstHeader,
        hasSeveral,
        withoutMoment,
        retained + page.retained());
  }

  private static boolean differ(Optional<SessionHeader> one, Optional<SessionHeader> other) {
    Optional<ChannelUserId> first = one.flatMap(SessionHeader::channelUser);
    Optional<ChannelUserId> second = other.flatMap(SessionHeader::channelUser);
    return first.isPresent() && second.isPresent() && !first.equals(second);
  }

  /**
   * Whose a conversation is, by these records and by what was read of it before: {@link
   * ChannelUserTag#OF_SEVERAL} if session headers name different channel users; absent if none
   * names any.
   */
  public Optional<ChannelUserTag> user(BotId bot, Optional<ChannelUserTag> before) {
    Optional<ChannelUserTag> read =
        header.flatMap(SessionHeader::channelUser).map(user -> ChannelUserTag.of(bot, user));
    boolean differ = before.isPresent() && read.isPresent() && !before.equals(read);
    return isOfSeveral || differ ? Optional.of(ChannelUserTag.OF_SEVERAL) : before.or(() -> read);
  }

  /** What both tell. */
  public Activity and(Activity other) {
    return new Activity(
        Stream.concat(last.stream(), other.last.stream()).max(Instant::compareTo),
        header.or(() -> other.header),
        isOfSeveral || other.isOfSeveral || differ(header, other.header),
        undated + other.undated,
        retained + other.retained);
  }
}
