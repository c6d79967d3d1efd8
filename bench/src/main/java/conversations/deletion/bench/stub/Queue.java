package conversations.deletion.bench.stub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An SQS queue. It answers at once if there is no message, because no caller here needs to wait for
 * one. Safe for use by several threads.
 */
final class Queue {

  private record Message(String id, String body, String md5) {}

  private record Hidden(Message message, long until) {}

  private final TimeSource time;
  private final Deque<Message> waiting = new ArrayDeque<>();
  private final Map<String, Hidden> hidden = new LinkedHashMap<>();
  private long receipts;

  Queue(TimeSource time) {
    this.time = time;
  }

  synchronized Map<String, Object> send(Map<String, Object> request) {
    String body = Json.text(request, "MessageBody");
    Message message = new Message(UUID.randomUUID().toString(), body, md5(body));
    waiting.add(message);
    return Map.of("MessageId", message.id(), "MD5OfMessageBody", message.md5());
  }

  synchronized Map<String, Object> receive(Map<String, Object> request) {
    showAgain();
    int most = Integer.parseInt((String) request.getOrDefault("MaxNumberOfMessages", "1"));
    long visibility = seconds(request);
    List<Object> messages = new ArrayList<>();
    while (messages.size() < most && !waiting.isEmpty()) {
      Message message = waiting.poll();
      String receipt = "receipt-" + receipts++;
      hidden.put(receipt, new Hidden(message, time.nanoTime() + visibility));
      messages.add(
          Map.of(
              "MessageId", message.id(),
              "ReceiptHandle", receipt,
              "Body", message.body(),
              "MD5OfBody", message.md5()));
    }
    return messages.isEmpty() ? Map.of() : Map.of("Messages", messages);
  }

  private void showAgain() {
    for (Iterator<Hidden> all = hidden.values().iterator(); all.hasNext(); ) {
      Hidden one = all.next();
      if (one.until() <= time.nanoTime()) {
        waiting.add(one.message());
        all.remove();
      }
    }
  }

  private static long seconds(Map<String, Object> request) {
    String text = (String) request.getOrDefault("VisibilityTimeout", "30");
    return Duration.ofSeconds(Long.parseLong(text)).toNanos();
  }

  synchronized Map<String, Object> changeVisibility(Map<String, Object> request) {
    hidden.computeIfPresent(
        Json.text(request, "ReceiptHandle"),
        (_, one) -> new Hidden(one.message(), time.nanoTime() + seconds(request)));
    return Map.of();
  }

  synchronized Map<String, Object> delete(Map<String, Object> request) {
    hidden.remove(Json.text(request, "ReceiptHandle"));
    return Map.of();
  }

  synchronized Map<String, Object> deleteBatch(Map<String, Object> request) {
    List<Object> done = new ArrayList<>();
    for (Map<String, Object> entry : Json.objects(request.get("Entries"))) {
      delete(entry);
      done.add(Map.of("Id", Json.text(entry, "Id")));
    }
    return Map.of("Successful", done, "Failed", List.of());
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
