package conversations.deletion.client.sample;

import static conversations.deletion.client.sample.Attributes.bool;
import static conversations.deletion.client.sample.Attributes.map;
import static conversations.deletion.client.sample.Attributes.n;
import static conversations.deletion.client.sample.Attributes.s;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes the records of sample conversations, as items of the records table. The same conversation
 * and the same {@code now} give the same items.
 */
public final class SampleConversations {
  /** Record type and sort key of session headers. */
  private static final String SESSION = "SESSION";

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int RETENTION_YEARS = 7;
  private static final List<String> CHANNELS =
      List.of("web", "whatsapp", "telegram", "msteams", "messenger", "ios");
  private static final List<String> PLATFORMS =
      List.of("Android 16", "iOS 20", "Windows 11", "macOS 16", "Linux");

  private final Instant now;

  /** Makes records that were all created at or before {@code now}. */
  public SampleConversations(Instant now) {
    this.now = now.truncatedTo(ChronoUnit.MILLIS);
  }

  /** A moment in the form of the records table. */
  static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }

  /**
   * All records of the conversation, its session header first. They spread over the minutes after
   * it began, or over the time that has passed since, if that is shorter.
   */
  public List<Map<String, AttributeValue>> items(SampleConversation conversation) {
    if (conversation.startedAt().isAfter(now)) {
      throw new IllegalArgumentException(
          "A conversation that begins at %s has no records yet at %s."
              .formatted(conversation.startedAt(), now));
    }
    Random random = conversation.random("session");
    Phrasebook phrasebook = Phrasebook.ofChannelUser(conversation.cId());
    if (random.nextInt(6) == 0) {
      phrasebook = Phrasebook.all().getFirst();
    }
    String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
    List<Draft> drafts =
        conversation.records() == 1 ? List.of() : Dialogue.of(conversation, phrasebook, channel);
    List<Instant> times = times(conversation.startedAt(), drafts);

    List<Map<String, AttributeValue>> items = new ArrayList<>(conversation.records());
    items.add(header(conversation, phrasebook, channel, drafts, times, random));
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      String sortKey =
          String.format(
              Locale.ROOT, "%s#%s#%04d", draft.recordType(), timestamp(times.get(i)), i + 1);
      Map<String, AttributeValue> item =
          common(conversation, sortKey, draft.recordType(), times.get(i));
      item.putAll(draft.content());
      items.add(item);
    }
    return items;
  }

  private List<Instant> times(Instant startedAt, List<Draft> drafts) {
    long needed = drafts.stream().map(Draft::pause).mapToLong(Duration::toMillis).sum();
    long available = Duration.between(startedAt, now).toMillis();
    double pace = needed <= available ? 1 : (double) available / needed;
    List<Instant> times = new ArrayList<>(drafts.size());
    long passed = 0;
    for (Draft draft : drafts) {
      passed += draft.pause().toMillis();
      times.add(startedAt.plusMillis((long) (passed * pace)));
    }
    return times;
  }

  private static Map<String, AttributeValue> header(
      SampleConversation conversation,
      Phrasebook phrasebook,
      String channel,
      List<Draft> drafts,
      List<Instant> times,
      Random random) {
    Map<String, AttributeValue> header =
        common(conversation, SESSION, SESSION, conversation.startedAt());
    header.put("cId", s(conversation.cId()));
    header.put("startedAt", s(timestamp(conversation.startedAt())));
    header.put("channelUserKey", s(conversation.botId() + "#" + conversation.cId()));
    header.put("channel", s(channel));
    header.put("language", s(phrasebook.language().toLanguageTag()));
    header.put("status", s(random.nextInt(6) == 0 ? "dropped" : "closed"));
    header.put("agentTransfer", bool(random.nextInt(5) == 0));
    header.put(
        "endedAt", s(timestamp(times.isEmpty() ? conversation.startedAt() : times.getLast())));
    header.put(
        "messageCount",
        n(drafts.stream().filter(draft -> draft.recordType().equals(Draft.MESSAGE)).count()));
    header.put(
        "device",
        map(
            Map.of(
                "platform", s(PLATFORMS.get(random.nextInt(PLATFORMS.size()))),
                "appVersion", s("11." + random.nextInt(9) + "." + random.nextInt(20)),
                "address", s("203.0.113." + (1 + random.nextInt(254))))));
    if (random.nextInt(4) == 0) {
      header.put("rating", n(1 + random.nextInt(5)));
    }
    return header;
  }

  private static Map<String, AttributeValue> common(
      SampleConversation conversation, String sortKey, String recordType, Instant createdAt) {
    String conversationId = conversation.conversationId();
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("conversationKey", s(conversation.botId() + "#" + conversationId));
    item.put("recordKey", s(sortKey));
    item.put("botId", s(conversation.botId()));
    item.put("conversationId", s(conversationId));
    item.put("recordType", s(recordType));
    item.put("createdAt", s(timestamp(createdAt)));
    item.put(
        "expiresAt",
        n(createdAt.atZone(ZoneOffset.UTC).plusYears(RETENTION_YEARS).toEpochSecond()));
    return item;
  }
}
