package conversations.deletion.local.demo;

import conversations.deletion.client.sample.SampleConversation;
import conversations.deletion.client.sample.SampleIds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The data of the demo: two bots, their channel users and conversations, and what should happen to
 * each. Ids and lengths are the same in every run. Times lie in the last weeks.
 */
final class Cast {
  private static final int CONVERSATIONS_OF_LEAVER = 120;

  private static final int CONVERSATIONS_OF_PREVIEWED = 5;

  /** So few of the many have attachments, so that the demo does not take long. */
  private static final int WITH_ATTACHMENTS_OF_LEAVER = 10;

  final String shop;
  final String bank;

  /**
   * The channel user who asked to be forgotten for some days, and is also a customer of the bank.
   */
  final String subject;

  /** Another channel user, who asked to be forgotten completely. */
  final String leaver;

  /** A third one, whose conversations are looked at before a job deletes them. */
  final String previewed;

  final LocalDate firstDay;
  final LocalDate lastDay;

  private final List<Part> parts = new ArrayList<>();
  private final Random random = new Random(2026);
  private long seed;

  /** What should happen to a conversation. */
  enum Fate {
    DELETED_BY_ID("named by its id"),
    DELETED_BY_USER("of the channel user, within the dates"),
    DELETED_WHOLLY("of a channel user who leaves"),
    SHOWN("shown by the preview"),
    BEGUN_SINCE("of the same channel user, begun since the preview"),
    NOT_NAMED("its id is not named"),
    BEFORE("of the channel user, before the dates"),
    AFTER("of the channel user, after the dates"),
    NEIGHBOUR("of another channel user, within the dates"),
    OTHER_BOT("of the same channel user, at the other bot"),
    OTHER_BOT_NAMED("named by its id, but of the other bot");

    final String text;

    Fate(String text) {
      this.text = text;
    }

    boolean isDeletion() {
      return this == DELETED_BY_ID
          || this == DELETED_BY_USER
          || this == DELETED_WHOLLY
          || this == SHOWN;
    }
  }

  /** A conversation and its fate. */
  record Part(SampleConversation conversation, Fate fate) {
    String conversationId() {
      return conversation.conversationId();
    }

    /** Where its attachments are. */
    String folder() {
      return "%s/%s/".formatted(conversation.botId(), conversationId());
    }
  }

  Cast(LocalDate today) {
    shop = SampleIds.botId(random);
    bank = SampleIds.botId(random);
    subject = SampleIds.channelUserId(random);
    leaver = SampleIds.channelUserId(random);
    firstDay = today.minusDays(12);
    lastDay = today.minusDays(9);

    Instant begin = firstDay.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = lastDay.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    add(shop, subject, begin.minus(Duration.ofDays(20)), Fate.BEFORE);
    add(shop, subject, begin.minusMillis(1), Fate.BEFORE);
    add(shop, subject, begin, Fate.DELETED_BY_USER);
    for (int hour = 9; hour < 90; hour += 10) {
      add(shop, subject, begin.plus(Duration.ofMinutes(61L * hour)), Fate.DELETED_BY_USER);
    }
    add(shop, subject, end.minusMillis(1), Fate.DELETED_BY_USER);
    add(shop, subject, end, Fate.AFTER);
    add(shop, subject, end.plus(Duration.ofDays(7)), Fate.AFTER);

    String neighbour = SampleIds.channelUserId(random);
    for (int day = 0; day < 4; day++) {
      add(shop, neighbour, at(firstDay.plusDays(day), 14 + day, 3), Fate.NEIGHBOUR);
    }
    for (int user = 0; user < 3; user++) {
      String customer = SampleIds.channelUserId(random);
      add(shop, customer, at(today.minusDays(30 - user), 10, 41), Fate.DELETED_BY_ID);
      add(shop, customer, at(today.minusDays(6 - user), 17, 12), Fate.DELETED_BY_ID);
      add(shop, customer, at(today.minusDays(3), 8 + user, 55), Fate.NOT_NAMED);
    }
    for (int session = 0; session < CONVERSATIONS_OF_LEAVER; session++) {
      Duration age = Duration.ofMinutes(1500 + 777L * session);
      add(shop, leaver, at(today, 0, 0).minus(age), Fate.DELETED_WHOLLY);
    }
    add(bank, subject, begin.plus(Duration.ofHours(30)), Fate.OTHER_BOT);
    add(bank, subject, begin.plus(Duration.ofHours(50)), Fate.OTHER_BOT_NAMED);
    add(bank, SampleIds.channelUserId(random), at(lastDay, 11, 20), Fate.NEIGHBOUR);
    previewed = SampleIds.channelUserId(random);
    for (int week = CONVERSATIONS_OF_PREVIEWED; week > 0; week--) {
      add(shop, previewed, at(today.minusWeeks(week), 9 + week, 26), Fate.SHOWN);
    }
  }

  /** Another conversation of the previewed channel user begins. It is a part from now on. */
  Part begin(Instant now) {
    add(shop, previewed, now, Fate.BEGUN_SINCE);
    return parts.getLast();
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }

  List<Part> withFate(Fate fate) {
    return parts.stream().filter(part -> part.fate() == fate).toList();
  }

  List<SampleConversation> conversations() {
    return parts.stream().map(Part::conversation).toList();
  }

  List<Part> withAttachments() {
    List<Part> ofLeaver = withFate(Fate.DELETED_WHOLLY);
    List<Part> without = ofLeaver.subList(WITH_ATTACHMENTS_OF_LEAVER, ofLeaver.size());
    return parts.stream().filter(part -> !without.contains(part)).toList();
  }

  /** All conversations that should be deleted. */
  List<Part> doomed() {
    return parts.stream().filter(part -> part.fate().isDeletion()).toList();
  }

  String botName(String botId) {
    return botId.equals(shop) ? "Shop bot" : "Bank bot";
  }

  private void add(String botId, String cId, Instant startedAt, Fate fate) {
    seed++;
    parts.add(new Part(SampleConversation.ofUsualLength(botId, cId, startedAt, seed), fate));
  }

  private static Instant at(LocalDate day, int hour, int minute) {
    return day.atTime(LocalTime.of(hour, minute)).toInstant(ZoneOffset.UTC);
  }
}
