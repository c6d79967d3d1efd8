package conversations.deletion.simulation;

import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.application.port.ConversationRecords.DeleteAnswer;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.simulation.ScheduleNumbers.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The platform whose users talk, and its table of records. */
final class Platform {

  static final BotId BOT = new BotId("st-1");
  static final ChannelUserId USER = new ChannelUserId("u-1");
  static final ChannelUserId OTHER_USER = new ChannelUserId("u-2");
  static final String HEADER = "SESSION";

  /** A conversation of which there are attachments and no record. */
  static final ConversationId WITHOUT_RECORDS = new ConversationId("attachments-only");

  /** A conversation of which there is nothing but what is retained. */
  static final ConversationId RETAINED_ONLY = new ConversationId("retained-only");

  /** A conversation as the platform knows it. */
  record Begun(ChannelUserId user, Instant startedAt, Set<String> keys) {}

  private final Weather weather;
  private final Timeline timeline;
  private final MemoryRecords records;
  private final TableCapacity capacity;
  private final Sizes sizes;
  private final int mostBytes;
  private final Map<ConversationId, Begun> begun = new LinkedHashMap<>();
  private final Map<ConversationId, Instant> lastWrites = new HashMap<>();
  private final Map<ConversationId, Set<String>> retained = new HashMap<>();
  private final Uploader uploader;
  private int lastConversation;

  Platform(Weather weather, Timeline timeline, ScheduleNumbers numbers) {
    this.weather = weather;
    this.timeline = timeline;
    this.records = new MemoryRecords(timeline, weather, weather.oneOf(2, 7, 30, 1_000));
    this.capacity =
        new TableCapacity(
            timeline, weather.oneOf(numbers.tableUnits()), numbers.burst(), weather.chance(2));
    this.sizes = numbers.sizes();
    this.mostBytes = weather.oneOf(sizes.mostBytes());
    this.uploader = new Uploader(weather, timeline);
  }

  Uploader uploader() {
    return uploader;
  }

  /** The keys of all retained records that were ever written of a conversation. */
  Set<String> retained(ConversationId id) {
    return retained.getOrDefault(id, Set.of());
  }

  MemoryRecords records() {
    return records;
  }

  /** All conversations that ever began. */
  Map<ConversationId, Begun> begun() {
    return begun;
  }

  /** When a user or a bot last added a record to a conversation that had begun before. */
  Optional<Instant> lastWrite(ConversationId id) {
    return Optional.ofNullable(lastWrites.get(id));
  }

  /** When the conversation's last record was added, or made if it was there from the beginning. */
  Instant lastActivity(ConversationId id) {
    return lastWrite(id).orElseGet(() -> begun.get(id).startedAt());
  }

  /** Lets users talk, now and later. */
  void talk() {
    Instant start = timeline.instant();
    int own = weather.choose(6);
    for (int i = 0; i < own; i++) {
      begin(USER, start.minus(Duration.ofDays(1)).plusSeconds(i / 2), sizeOfOne());
    }
    begin(OTHER_USER, start.minus(Duration.ofDays(1)), 3);
    if (weather.chance(4)) {
      talkOn(begin(USER, start.minus(Duration.ofMinutes(10)), 3), 1 + weather.choose(5));
    }
    if (weather.chance(3)) {
      timeline.after(weather.between(Duration.ofMinutes(1), Duration.ofHours(1)), () -> begin());
    }
    int returns = weather.oneOf(0, 0, 1, 2, 4);
    for (int i = 0; i < returns; i++) {
      timeline.after(
          weather.between(
              Duration.ZERO,
              weather.oneOf(Duration.ofMinutes(5), Duration.ofHours(2), Duration.ofHours(30))),
          this::comeBack);
    }
    uploader.begin(WITHOUT_RECORDS, 1);
    if (weather.chance(2)) {
      analyse(RETAINED_ONLY);
    }
    List<ConversationId> ids = new ArrayList<>(begun.keySet());
    ids.add(WITHOUT_RECORDS);
    uploader.goOn(ids);
    int analyses = weather.oneOf(0, 0, 2, 5);
    for (int i = 0; i < analyses; i++) {
      timeline.after(
          weather.between(
              Duration.ZERO, weather.oneOf(Duration.ofMinutes(5), Duration.ofHours(30))),
          () -> analyse(weather.oneOf(ids)));
    }
  }

  /** Analytics write a record that is retained, whether or not the conversation is still there. */
  private void analyse(ConversationId id) {
    Set<String> keys = retained.computeIfAbsent(id, _ -> new LinkedHashSet<>());
    String key = weather.oneOf("A", "M", "Z") + "R%04d".formatted(keys.size());
    keys.add(key);
    records.writeRetained(
        BOT, id, new RecordHead(key, Optional.of(timeline.instant()), Optional.empty()));
  }

  private int sizeOfOne() {
    return weather.oneOf(1, 2, 3, 8, 26, 1 + weather.choose(70));
  }

  /** Begins a conversation of the user. */
  void begin() {
    begin(USER, timeline.instant(), 2);
  }

  private ConversationId begin(ChannelUserId user, Instant startedAt, int size) {
    ConversationId id = new ConversationId("c" + ++lastConversation);
    begun.put(id, new Begun(user, startedAt, new LinkedHashSet<>()));
    begun.get(id).keys().add(HEADER);
    records.writeHeader(
        BOT,
        id,
        new RecordHead(
            HEADER,
            Optional.of(startedAt),
            Optional.of(new SessionHeader(Optional.of(user), Optional.of(startedAt)))),
        startText(startedAt),
        sizeOfRecord());
    for (int i = 1; i < size && unitsOf(id) < sizes.unitsOfConversation(); i++) {
      append(id, weather.chance(2) ? "M" : "Z", startedAt.plusMillis(i));
    }
    int analyses = weather.oneOf(0, 0, 1, 4);
    for (int i = 0; i < analyses; i++) {
      analyse(id);
    }
    uploader.begin(id, 0);
    return id;
  }

  /** The same moment in one of the forms that platforms write. */
  private String startText(Instant startedAt) {
    OffsetDateTime there = startedAt.atOffset(ZoneOffset.ofHours(lastConversation % 14));
    return switch (lastConversation % 5) {
      case 0 -> Timestamps.format(startedAt);
      case 1 -> startedAt.plusNanos(456_000).toString();
      case 2 -> there.toString();
      case 3 -> startedAt.toString().replace('T', ' ').replace("Z", "");
      default -> Long.toString(startedAt.toEpochMilli());
    };
  }

  private double unitsOf(ConversationId id) {
    return records.units(
        begun.get(id).keys().stream().map(key -> new RecordId(BOT, id, key)).toList());
  }

  private void talkOn(ConversationId id, int times) {
    if (times > 0) {
      timeline.after(
          weather.between(Duration.ofMinutes(1), Duration.ofMinutes(20)),
          () -> {
            append(id, "M");
            talkOn(id, times - 1);
          });
    }
  }

  /** A user goes on with an old conversation. */
  private void comeBack() {
    List<ConversationId> own =
        begun.keySet().stream().filter(id -> begun.get(id).user().equals(USER)).toList();
    if (!own.isEmpty()) {
      ConversationId id = weather.oneOf(own);
      append(id, "M");
      talkOn(id, weather.choose(3));
    }
  }

  private void append(ConversationId id, String prefix) {
    if (append(id, prefix, timeline.instant())) {
      lastWrites.put(id, timeline.instant());
    }
  }

  /** Platforms append to a conversation only as long as its session header is there. */
  private boolean append(ConversationId id, String prefix, Instant createdAt) {
    boolean isThere = records.has(new RecordId(BOT, id, HEADER));
    if (isThere) {
      String key = prefix + "%04d".formatted(begun.get(id).keys().size());
      write(id, new RecordHead(key, Optional.of(createdAt), Optional.empty()));
    }
    return isThere;
  }

  private void write(ConversationId id, RecordHead record) {
    begun.get(id).keys().add(record.recordKey());
    records.write(BOT, id, record, sizeOfRecord());
  }

  private int sizeOfRecord() {
    return sizes.leastBytes() + weather.choose(mostBytes - sizes.leastBytes() + 1);
  }

  /** A delete takes effect, as far as the table has the capacity. */
  DeleteAnswer delete(List<RecordId> toDelete) {
    if (weather.chance(2) && !capacity.has(records.units(toDelete))) {
      return DeleteAnswer.ofNone(toDelete);
    }
    List<RecordId> taken = new ArrayList<>();
    List<RecordId> refused = new ArrayList<>();
    for (RecordId record : toDelete) {
      (capacity.take(records.units(List.of(record))) ? taken : refused).add(record);
    }
    double units = records.delete(taken).units();
    if (!taken.isEmpty() && weather.strikes(Fault.LATE_WRITE)) {
      ConversationId id = taken.getLast().conversation();
      timeline.after(
          weather.between(Duration.ZERO, Duration.ofMillis(200)),
          () -> append(id, weather.oneOf("A", "M", "Z")));
    }
    taken.stream().map(RecordId::conversation).distinct().forEach(uploader::comeLate);
    return new DeleteAnswer(refused, units);
  }
}
