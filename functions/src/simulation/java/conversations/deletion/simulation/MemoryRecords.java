package conversations.deletion.simulation;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.KeyOrder;
import conversations.deletion.domain.Moments;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.domain.Volume;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of conversation records in memory, with an index that lags behind it. */
public final class MemoryRecords implements ConversationRecords {

  /** A write unit writes or deletes this much of a record. */
  static final int BYTES_OF_UNIT = 1_024;

  /** Identifies a conversation. */
  public record Place(BotId bot, ConversationId conversation) {}

  private static final Comparator<IndexPosition> INDEX_ORDER =
      Comparator.comparing(IndexPosition::startedAt)
          .thenComparing(IndexPosition::conversationKey, KeyOrder.INSTANCE);

  private final Map<Place, History<NavigableMap<String, RecordHead>>> conversations =
      new LinkedHashMap<>();
  private final InstantSource clock;
  private final Lags lags;
  private final int largestPage;
  private final Map<RecordId, Integer> bytes = new HashMap<>();
  private final Set<RecordId> retained = new HashSet<>();
  private final Map<Place, String> startTexts = new HashMap<>();

  /**
   * @param clock the one true time; reads lag behind it
   * @param largestPage the most records of a page, even if the limit is higher, because DynamoDB
   *     also ends pages by size
   */
  public MemoryRecords(InstantSource clock, Lags lags, int largestPage) {
    this.clock = clock;
    this.lags = lags;
    this.largestPage = largestPage;
  }

  /**
   * Writes a session header, as a platform does.
   *
   * @param startedAt the text that the platform writes for the conversation's start, whatever it is
   */
  public void writeHeader(
      BotId bot, ConversationId conversation, RecordHead header, String startedAt, int size) {
    startTexts.put(new Place(bot, conversation), startedAt);
    Optional<Instant> start = Moments.find(startedAt).or(header::createdAt);
    Optional<SessionHeader> read =
        header.header().map(one -> new SessionHeader(one.channelUser(), start));
    write(bot, conversation, new RecordHead(header.recordKey(), header.createdAt(), read), size);
  }

  /** Writes a small record, as a platform does. */
  public void write(BotId bot, ConversationId conversation, RecordHead record) {
    write(bot, conversation, record, BYTES_OF_UNIT);
  }

  /** Writes a small record of a type that is retained. */
  public void writeRetained(BotId bot, ConversationId conversation, RecordHead record) {
    retained.add(new RecordId(bot, conversation, record.recordKey()));
    write(bot, conversation, record);
  }

  /** Writes a record of this size, as a platform does. */
  public void write(BotId bot, ConversationId conversation, RecordHead record, int size) {
    bytes.put(new RecordId(bot, conversation, record.recordKey()), size);
    History<NavigableMap<String, RecordHead>> history =
        conversations.computeIfAbsent(
            new Place(bot, conversation), _ -> new History<>(Collections.emptyNavigableMap()));
    NavigableMap<String, RecordHead> changed = copy(history.latest());
    changed.put(record.recordKey(), record);
    history.set(clock.instant(), changed);
  }

  private static NavigableMap<String, RecordHead> copy(NavigableMap<String, RecordHead> records) {
    NavigableMap<String, RecordHead> copy = new TreeMap<>(KeyOrder.INSTANCE);
    copy.putAll(records);
    return copy;
  }

  /** All records that exist now. */
  public Map<Place, List<RecordHead>> all() {
    Map<Place, List<RecordHead>> all = new LinkedHashMap<>();
    conversations.forEach(
        (place, history) -> all.put(place, List.copyOf(history.latest().values())));
    return all;
  }

  /** The records of a conversation that exist now and are not retained. */
  public List<RecordHead> of(BotId bot, ConversationId conversation) {
    return latest(bot, conversation).values().stream()
        .filter(one -> !isRetained(bot, conversation, one))
        .toList();
  }

  /** The keys of the retained records of a conversation that exist now. */
  Set<String> retainedOf(BotId bot, ConversationId conversation) {
    return latest(bot, conversation).values().stream()
        .filter(one -> isRetained(bot, conversation, one))
        .map(RecordHead::recordKey)
        .collect(Collectors.toSet());
  }

  private boolean isRetained(BotId bot, ConversationId conversation, RecordHead record) {
    return !record.isSessionHeader()
        && retained.contains(new RecordId(bot, conversation, record.recordKey()));
  }

  /** Tells whether a record exists now. */
  public boolean has(RecordId record) {
    return latest(record.bot(), record.conversation()).containsKey(record.recordKey());
  }

  private NavigableMap<String, RecordHead> latest(BotId bot, ConversationId conversation) {
    return asOf(bot, conversation, clock.instant());
  }

  private NavigableMap<String, RecordHead> asOf(
      BotId bot, ConversationId conversation, Instant moment) {
    return Optional.ofNullable(conversations.get(new Place(bot, conversation)))
        .map(history -> history.asOf(moment))
        .orElse(Collections.emptyNavigableMap());
  }

  @Override
  public RecordPage read(
      BotId bot,
      ConversationId conversation,
      Optional<String> after,
      int limit,
      Consistency consistency) {
    Instant now = clock.instant();
    NavigableMap<String, RecordHead> records =
        switch (consistency) {
          case STRONG -> asOf(bot, conversation, now);
          case EVENTUAL -> asOf(bot, conversation, now.minus(lags.ofRead()));
        };
    NavigableMap<String, RecordHead> rest =
        after.map(key -> records.tailMap(key, false)).orElse(records);
    List<RecordHead> page = rest.values().stream().limit(Math.min(limit, largestPage)).toList();
    List<RecordHead> heads =
        page.stream().filter(one -> !isRetained(bot, conversation, one)).toList();
    return new RecordPage(
        heads,
        page.size() - heads.size(),
        Volume.NONE,
        page.size() < rest.size() ? Optional.of(page.getLast().recordKey()) : Optional.empty());
  }

  @Override
  public IndexPage find(
      BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
    List<IndexEntry> found =
        conversations.keySet().stream()
            .filter(place -> place.bot().equals(bot))
            .flatMap(place -> entries(place, wanted.channelUser()))
            .filter(
                one ->
                    after.map(last -> INDEX_ORDER.compare(one.position(), last) > 0).orElse(true))
            .sorted(Comparator.comparing(IndexEntry::position, INDEX_ORDER))
            .toList();
    List<IndexEntry> page = found.stream().limit(Math.min(limit, largestPage)).toList();
    return IndexPage.of(
        page,
        wanted.range(),
        page.size() < found.size() ? Optional.of(page.getLast().position()) : Optional.empty());
  }

  private Stream<IndexEntry> entries(Place place, ChannelUserId user) {
    Instant moment = clock.instant().minus(lags.ofConversationIndex());
    return asOf(place.bot(), place.conversation(), moment).values().stream()
        .flatMap(
            record ->
                record.header().stream()
                    .filter(header -> header.channelUser().equals(Optional.of(user)))
                    .flatMap(header -> startText(place, header).stream())
                    .map(
                        start ->
                            new IndexEntry(
                                place.conversation(),
                                Moments.find(start),
                                new IndexPosition(
                                    start, place.conversation().value(), record.recordKey()))));
  }

  private Optional<String> startText(Place place, SessionHeader header) {
    return Optional.ofNullable(startTexts.get(place))
        .or(() -> header.startedAt().map(Timestamps::format));
  }

  /**
   * The write units that the deletes of these records consume. A header's also takes its index
   * entry, and a delete of what is not there consumes one, too.
   */
  double units(List<RecordId> records) {
    return records.stream().mapToDouble(this::units).sum();
  }

  private double units(RecordId record) {
    RecordHead head = latest(record.bot(), record.conversation()).get(record.recordKey());
    if (head == null) {
      return 1;
    }
    return Math.ceilDiv(bytes.get(record), BYTES_OF_UNIT) + (head.isSessionHeader() ? 1 : 0);
  }

  @Override
  public DeleteAnswer delete(List<RecordId> records) {
    double units = units(records);
    Map<Place, List<String>> keys = new LinkedHashMap<>();
    records.forEach(
        record ->
            keys.computeIfAbsent(
                    new Place(record.bot(), record.conversation()), _ -> new ArrayList<>())
                .add(record.recordKey()));
    keys.forEach(
        (place, deleted) -> {
          History<NavigableMap<String, RecordHead>> history = conversations.get(place);
          if (history != null) {
            NavigableMap<String, RecordHead> changed = copy(history.latest());
            deleted.forEach(changed::remove);
            history.set(clock.instant(), changed);
          }
        });
    return new DeleteAnswer(List.of(), units);
  }
}
