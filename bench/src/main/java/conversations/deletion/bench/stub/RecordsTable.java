package conversations.deletion.bench.stub;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * The table of conversation records and its index of session headers. Records are made up when they
 * are read, so that a million of them take no memory. Safe for use by several threads.
 */
public final class RecordsTable {

  public static final String NAME = "ConversationRecords";

  /** The name that the meter uses for the index. */
  public static final String INDEX = "ConversationsByChannelUser";

  private static final int PAGE_BYTES = 1024 * 1024;
  private static final int READ_UNIT = 4096;
  private static final int MAX_BATCH = 25;
  private static final String BATCH = "BatchWriteItem";

  private static final String RETURN_CONSUMED_CAPACITY = "ReturnConsumedCapacity";
  private static final String TOTAL = "TOTAL";

  private final Meter meter;
  private final TimeSource time;
  private final long madeAt;
  private final SplittableRandom random = new SplittableRandom(20_261_124);
  private final List<SampleConversation> conversations = new ArrayList<>();
  private final List<SampleUser> users = new ArrayList<>();
  private final WriteCapacity capacity = new WriteCapacity();

  RecordsTable(Meter meter, TimeSource time) {
    this.meter = meter;
    this.time = time;
    this.madeAt = time.nanoTime();
  }

  /**
   * Makes up a channel user. Must not be called while requests are in flight.
   *
   * @param recordsOf how many records its n-th conversation has, its header among them
   * @param sizeOf how many bytes the n-th record of a conversation has
   */
  public SampleUser add(int count, IntUnaryOperator recordsOf, IntUnaryOperator sizeOf) {
    return addOfSizes(count, recordsOf, _ -> sizeOf);
  }

  /**
   * The same with conversations whose records differ.
   *
   * @param sizesOf how many bytes the records of its n-th conversation have
   */
  public SampleUser addOfSizes(
      int count, IntUnaryOperator recordsOf, IntFunction<IntUnaryOperator> sizesOf) {
    SampleUser user = new SampleUser(users.size(), conversations.size(), count);
    users.add(user);
    for (int i = 0; i < count; i++) {
      conversations.add(
          new SampleConversation(
              conversations.size(), user, recordsOf.applyAsInt(i), sizesOf.apply(i)));
    }
    return user;
  }

  /**
   * The number of records, at most a page each, in those conversations of a channel user that were
   * read and are still there.
   */
  public long pagesInWork(SampleUser user) {
    return inWork(user).mapToLong(one -> Math.min(one.records, PAGE_BYTES / one.bytes(0))).sum();
  }

  /** How many conversations of a channel user were read and are still there. */
  public long conversationsInWork(SampleUser user) {
    return inWork(user).count();
  }

  private Stream<SampleConversation> inWork(SampleUser user) {
    return conversations.subList(user.first(), user.first() + user.conversations()).stream()
        .filter(SampleConversation::isInWork);
  }

  /** How many records of a channel user are there. */
  public long left(SampleUser user) {
    return conversations.subList(user.first(), user.first() + user.conversations()).stream()
        .mapToLong(SampleConversation::left)
        .sum();
  }

  /** What can be written to it. */
  WriteCapacity capacity() {
    return capacity;
  }

  byte[] query(Map<String, Object> request) {
    return request.containsKey("IndexName") ? queryIndex(request) : queryTable(request);
  }

  private byte[] queryTable(Map<String, Object> request) {
    String key = onlyValue(request);
    int number = SampleUser.numberOf(key);
    StringBuilder items = new StringBuilder(256).append("{\"Items\":[");
    int count = 0;
    int bytes = 0;
    String last = null;
    if (number >= 0 && number < conversations.size()) {
      SampleConversation conversation = conversations.get(number);
      int limit = limit(request);
      String startedAt = conversation.startedAt();
      String prefix = SampleConversation.keyPrefix(startedAt);
      String[] wanted = projection(request);
      Map<String, Object> after = Json.member(request, "ExclusiveStartKey");
      int from =
          after.isEmpty()
              ? 0
              : conversation.recordOf(Json.text(Json.member(after, "recordKey"), "S")) + 1;
      synchronized (conversation) {
        int record = conversation.nextFrom(from);
        int messages = 0;
        while (record < conversation.records && count < limit) {
          int size = conversation.bytes(record);
          if (bytes + size > PAGE_BYTES) {
            break;
          }
          bytes += size;
          String recordKey = conversation.recordKey(record, prefix);
          append(items, conversation, record, recordKey, startedAt, wanted, count > 0);
          count++;
          messages += record == conversation.header() ? 0 : 1;
          last = recordKey;
          record = conversation.nextFrom(record + 1);
        }
        boolean isWhole = record >= conversation.records && count < limit;
        if (isWhole) {
          last = null;
        }
        noteRead(conversation, from, record, messages);
      }
    }
    items.append("],\"Count\":").append(count).append(",\"ScannedCount\":").append(count);
    if (last != null) {
      items.append(",\"LastEvaluatedKey\":{\"conversationKey\":{\"S\":\"").append(key);
      items.append("\"},\"recordKey\":{\"S\":\"").append(last).append("\"}}");
    }
    long halfUnits = halfUnits(bytes, request);
    meter.read("Query", NAME, halfUnits);
    return bytes(items.append(consumed(request, halfUnits)).append('}'));
  }

  /**
   * Notes a read. Headers are looked at again and again on purpose, so only the other records
   * count.
   */
  private void noteRead(SampleConversation conversation, int from, int upTo, int messages) {
    int before = conversation.noteRead(Math.min(upTo, conversation.header()));
    int again = Math.clamp(before - (long) from, 0, messages);
    meter.readRecords(messages, again);
  }

  private static long halfUnits(int bytes, Map<String, Object> request) {
    long units = Math.max(1, Math.ceilDiv(bytes, READ_UNIT));
    return request.get("ConsistentRead") == Boolean.TRUE ? 2 * units : units;
  }

  private static String consumed(Map<String, Object> request, long halfUnits) {
    return TOTAL.equals(request.get(RETURN_CONSUMED_CAPACITY))
        ? ",\"ConsumedCapacity\":" + consumed(halfUnits / 2.0)
        : "";
  }

  private static String consumed(double units) {
    return "{\"TableName\":\"" + NAME + "\",\"CapacityUnits\":" + units + "}";
  }

  private static int limit(Map<String, Object> request) {
    return Integer.parseInt((String) request.getOrDefault("Limit", "1000000"));
  }

  private static String onlyValue(Map<String, Object> request) {
    Map<String, Object> values = Json.member(request, "ExpressionAttributeValues");
    if (values.size() != 1 || request.containsKey("FilterExpression")) {
      throw AwsError.validation("only whole conversations are read here");
    }
    return Json.text(Json.member(values, values.keySet().iterator().next()), "S");
  }

  /** The attributes that a request asks for; all but the content if it names none. */
  private static String[] projection(Map<String, Object> request) {
    String text = Json.text(request, "ProjectionExpression");
    if (text == null) {
      return new String[] {
        "conversationKey", "recordKey", "botId", "recordType", "createdAt", "cId", "startedAt"
      };
    }
    Map<String, Object> names = Json.member(request, "ExpressionAttributeNames");
    return Arrays.stream(text.split("\\s*,\\s*"))
        .map(token -> (String) names.getOrDefault(token, token))
        .toArray(String[]::new);
  }

  private static void append(
      StringBuilder to,
      SampleConversation conversation,
      int record,
      String recordKey,
      String startedAt,
      String[] wanted,
      boolean isLater) {
    to.append(isLater ? ",{" : "{");
    boolean isHeader = record == conversation.header();
    boolean isFirst = true;
    for (String name : wanted) {
      String value =
          switch (name) {
            case "conversationKey" -> SampleUser.conversationKey(conversation.number);
            case "recordKey" -> recordKey;
            case "botId" -> SampleUser.BOT_ID;
            case "conversationId" -> SampleUser.id(conversation.number);
            case "recordType" -> isHeader ? SampleConversation.SESSION : "MESSAGE";
            case "createdAt" -> startedAt;
            case "startedAt" -> isHeader ? startedAt : null;
            case "cId" -> isHeader ? conversation.user.cId() : null;
            case "channelUserKey" -> isHeader ? conversation.user.channelUserKey() : null;
            default -> null;
          };
      if (value != null) {
        to.append(isFirst ? "\"" : ",\"").append(name).append("\":{\"S\":\"");
        to.append(value).append("\"}");
        isFirst = false;
      }
    }
    to.append('}');
  }

  private byte[] queryIndex(Map<String, Object> request) {
    Map<String, Object> values = Json.member(request, "ExpressionAttributeValues");
    String userKey = null;
    List<String> moments = new ArrayList<>();
    for (String name : values.keySet()) {
      String value = Json.text(Json.member(values, name), "S");
      if (value.indexOf('#') > 0) {
        userKey = value;
      } else {
        moments.add(value);
      }
    }
    moments.sort(null);
    int number = userKey == null ? -1 : SampleUser.userOf(userKey);
    StringBuilder items = new StringBuilder(256).append("{\"Items\":[");
    int count = 0;
    int bytes = 0;
    String last = null;
    if (number >= 0 && number < users.size()) {
      SampleUser user = users.get(number);
      int limit = limit(request);
      Map<String, Object> after = Json.member(request, "ExclusiveStartKey");
      int at =
          after.isEmpty()
              ? user.first()
              : SampleUser.numberOf(Json.text(Json.member(after, "conversationKey"), "S")) + 1;
      for (; at < user.first() + user.conversations(); at++) {
        SampleConversation conversation = conversations.get(at);
        synchronized (conversation) {
          if (!conversation.isThere(conversation.header()) || isOutside(conversation, moments)) {
            continue;
          }
        }
        String entry = indexEntry(conversation);
        // The characters that JSON puts around names and values do not count.
        int size = entry.length() - 40;
        if (count == limit || bytes + size > PAGE_BYTES) {
          break;
        }
        bytes += size;
        items.append(count++ > 0 ? "," : "").append(entry);
        last = entry;
      }
      if (at == user.first() + user.conversations() && count < limit) {
        last = null;
      }
    }
    items.append("],\"Count\":").append(count).append(",\"ScannedCount\":").append(count);
    if (last != null) {
      items.append(",\"LastEvaluatedKey\":").append(last);
    }
    long halfUnits = halfUnits(bytes, request);
    meter.read("Query", INDEX, halfUnits);
    return bytes(items.append(consumed(request, halfUnits)).append('}'));
  }

  private static boolean isOutside(SampleConversation conversation, List<String> moments) {
    String startedAt = conversation.startedAt();
    return moments.size() == 2
        && (startedAt.compareTo(moments.getFirst()) < 0
            || startedAt.compareTo(moments.getLast()) > 0);
  }

  private static String indexEntry(SampleConversation conversation) {
    return "{\"channelUserKey\":{\"S\":\""
        + conversation.user.channelUserKey()
        + "\"},\"startedAt\":{\"S\":\""
        + conversation.startedAt()
        + "\"},\"conversationKey\":{\"S\":\""
        + SampleUser.conversationKey(conversation.number)
        + "\"},\"recordKey\":{\"S\":\""
        + SampleConversation.SESSION
        + "\"}}";
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Tells whether this is a batch of deletes from this table. */
  static boolean isBatchOfRecords(byte[] request) {
    String start = new String(request, 0, Math.min(80, request.length), StandardCharsets.UTF_8);
    return start.contains("\"" + NAME + "\"");
  }

  byte[] batchWriteItem(byte[] request, Behaviour behaviour) {
    List<String> keys = keys(request);
    long now = time.nanoTime();
    List<String> unprocessed = new ArrayList<>(0);
    long[] seen = new long[keys.size() / 2];
    long units = 0;
    for (int i = 0; i < keys.size(); i += 2) {
      SampleConversation conversation = conversations.get(SampleUser.numberOf(keys.get(i)));
      int record = conversation.recordOf(keys.get(i + 1));
      seen[i / 2] = (long) conversation.number << Integer.SIZE | record;
      if (!isLeftOut(behaviour) && capacity.take(conversation, record, now)) {
        units += delete(conversation, record, now - madeAt);
      } else {
        refuse(conversation, record, now - madeAt);
        unprocessed.add(keys.get(i));
        unprocessed.add(keys.get(i + 1));
      }
    }
    requireValid(seen);
    if (!unprocessed.isEmpty()) {
      meter.throttled(BATCH, NAME);
      if (unprocessed.size() == keys.size() && behaviour.limits().isPresent()) {
        throw AwsError.throughputExceeded();
      }
    }
    return batchAnswer(unprocessed, asksForConsumedCapacity(request), units);
  }

  private static void requireValid(long[] seen) {
    Arrays.sort(seen);
    for (int i = 1; i < seen.length; i++) {
      if (seen[i] == seen[i - 1]) {
        throw AwsError.validation("Provided list of item keys contains duplicates");
      }
    }
    if (seen.length == 0 || seen.length > MAX_BATCH) {
      throw AwsError.validation(seen.length + " items in a batch");
    }
  }

  private boolean isLeftOut(Behaviour behaviour) {
    if (behaviour.unprocessed() == 0) {
      return false;
    }
    synchronized (random) {
      return random.nextDouble() < behaviour.unprocessed();
    }
  }

  private int delete(SampleConversation conversation, int record, long at) {
    synchronized (conversation) {
      boolean isThere = conversation.isThere(record);
      int units = conversation.writeUnits(record);
      meter.took(units, at);
      if (isThere && record == conversation.header()) {
        units++;
      }
      meter.write(BATCH, NAME, units);
      meter.keySent(conversation.noteDelete(record));
      if (isThere) {
        conversation.delete(record);
        meter.deleted(units, at);
      }
      return units;
    }
  }

  private void refuse(SampleConversation conversation, int record, long at) {
    synchronized (conversation) {
      meter.refused(conversation.writeUnits(record), at);
    }
  }

  /** The partition and sort keys of a request, in turn. */
  private static List<String> keys(byte[] request) {
    List<String> keys = new ArrayList<>(2 * MAX_BATCH);
    String conversation = null;
    String record = null;
    try (JsonParser parser = Json.FACTORY.createParser(request)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          switch (parser.currentName()) {
            case "conversationKey" -> conversation = typed(parser);
            case "recordKey" -> record = typed(parser);
            case "PutRequest" -> throw AwsError.validation("nothing is put into this table");
            default -> {}
          }
          if (conversation != null && record != null) {
            keys.add(conversation);
            keys.add(record);
            conversation = null;
            record = null;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return keys;
  }

  private static String typed(JsonParser parser) throws IOException {
    parser.nextToken();
    parser.nextToken();
    return parser.nextTextValue();
  }

  /** Tells whether a request asks for consumed capacity. The SDK writes that last. */
  private static boolean asksForConsumedCapacity(byte[] request) {
    int from = Math.max(0, request.length - 60);
    return new String(request, from, request.length - from, StandardCharsets.UTF_8)
        .contains("\"" + RETURN_CONSUMED_CAPACITY + "\":\"" + TOTAL + "\"");
  }

  private static byte[] batchAnswer(List<String> unprocessed, boolean isMetered, long units) {
    StringBuilder text = new StringBuilder("{\"UnprocessedItems\":{");
    for (int i = 0; i < unprocessed.size(); i += 2) {
      text.append(i > 0 ? "," : "\"" + NAME + "\":[");
      text.append("{\"DeleteRequest\":{\"Key\":{\"conversationKey\":{\"S\":\"");
      text.append(unprocessed.get(i)).append("\"},\"recordKey\":{\"S\":\"");
      text.append(unprocessed.get(i + 1)).append("\"}}}}");
    }
    text.append(unprocessed.isEmpty() ? "}" : "]}");
    if (isMetered) {
      text.append(",\"ConsumedCapacity\":[").append(consumed(units)).append(']');
    }
    return bytes(text.append('}'));
  }
}
