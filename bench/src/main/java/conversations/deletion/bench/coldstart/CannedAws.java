package conversations.deletion.bench.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** AWS's endpoints on this machine. They give one fixed answer for each kind of call. */
final class CannedAws implements AutoCloseable {

  static final String APP = "app-7f3c52e1-0c0f-5b6e-9a55-1d2f4a6b8c90";
  static final String SECRET = "a-secret-of-no-less-than-thirty-two-bytes";

  private static final String BOT = "st-a3a9f5d0-36b8-5a8e-8f1b-0c6b1f3a1b2c";
  private static final String JOB = "cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c";

  private static final Pattern BODY_OF_MESSAGE =
      Pattern.compile("\"MessageBody\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final String CLIENT_APP =
      """
      {"appId":{"S":"%s"},"name":{"S":"Shop"},"algorithm":{"S":"HS256"},"enabled":{"BOOL":true},\
      "requiresJti":{"BOOL":false},\
      "scopes":{"M":{"%s":{"SS":["Delete Conversations","Logs History"]}}}}"""
          .formatted(APP, BOT);

  private static final String QUEUED_JOB =
      """
      {"botId":{"S":"%s"},"jobId":{"S":"%s"},"appId":{"S":"%s"},\
      "submittedAt":{"S":"2026-05-08T06:22:56.505Z"},"requestType":{"S":"conversationIds"},\
      "status":{"S":"queued"},"scheduledAt":{"S":"2026-05-08T18:00:00.000Z"},\
      "totalConversations":{"N":"2"},"deletedConversations":{"N":"0"},"failedCount":{"N":"0"},\
      "skippedCount":{"N":"0"},"deletedCount":{"N":"0"},"retriesRemaining":{"N":"3"},\
      "waitsRemaining":{"N":"3"},"round":{"N":"0"},"attempts":{"N":"0"},\
      "notificationStatus":{"S":"pending"},"notificationAttempts":{"N":"0"},"fence":{"N":"0"},\
      "openGroup":{"S":"open"},"sweepAt":{"S":"2026-05-08T18:15:00.000Z"}}"""
          .formatted(BOT, JOB, APP);

  private static final String INDEX_ENTRY =
      """
      {"botId":{"S":"%s"},"jobId":{"S":"%s"},"submittedAt":{"S":"2026-05-08T06:22:56.505Z"}}"""
          .formatted(BOT, JOB);

  private static final String CHUNK =
      """
      {"jobId":{"S":"%s"},"chunk":{"N":"1"},"fence":{"N":"0"},"round":{"N":"0"},\
      "conversations":{"L":[\
      {"M":{"id":{"S":"69eb0c87ec444445976a1b2c"},"outcome":{"S":"pending"},"records":{"N":"0"}}},\
      {"M":{"id":{"S":"69eb0b5c7cd98618e06a1b2c"},"outcome":{"S":"deleted"},"records":{"N":"12"}}}\
      ]}}"""
          .formatted(JOB);

  private static final String ENTRY =
      """
      {"botId":{"S":"%s"},"entryKey":{"S":"2026-05-08T06:22:56.505Z#cl-1"},\
      "id":{"S":"cl-0b7e5a0e-7c55-5d6f-8c8e-3f1a2b4c5d6e"},"resourceId":{"S":"%s"},\
      "resourceType":{"S":"conversationDeletionJob"},"appId":{"S":"%s"},\
      "message":{"S":"Deletion job %s submitted."},"createdOn":{"S":"2026-05-08T06:22:56.505Z"}}"""
          .formatted(BOT, JOB, APP, JOB);

  private static final String RECORDS_TABLE =
      """
      {"Table":{"TableName":"ConversationRecords","TableStatus":"ACTIVE",\
      "AttributeDefinitions":[{"AttributeName":"conversationKey","AttributeType":"S"},\
      {"AttributeName":"recordKey","AttributeType":"S"},\
      {"AttributeName":"channelUserKey","AttributeType":"S"},\
      {"AttributeName":"startedAt","AttributeType":"S"}],\
      "KeySchema":[{"AttributeName":"conversationKey","KeyType":"HASH"},\
      {"AttributeName":"recordKey","KeyType":"RANGE"}],\
      "GlobalSecondaryIndexes":[{"IndexName":"ConversationsByChannelUser",\
      "IndexStatus":"ACTIVE","Projection":{"ProjectionType":"KEYS_ONLY"},\
      "KeySchema":[{"AttributeName":"channelUserKey","KeyType":"HASH"},\
      {"AttributeName":"startedAt","KeyType":"RANGE"}]}]}}""";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> calls = new ArrayList<>();

  CannedAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns the calls since the last time that this was called, in their order. */
  synchronized List<String> takeCalls() {
    List<String> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String action = target.substring(target.indexOf('.') + 1);
      synchronized (this) {
        calls.add(action);
      }
      byte[] answer = answer(action, body).getBytes(StandardCharsets.UTF_8);
      if (target.startsWith("DynamoDB")) {
        CRC32 checksum = new CRC32();
        checksum.update(answer);
        exchange.getResponseHeaders().add("x-amz-crc32", Long.toString(checksum.getValue()));
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.getResponseHeaders().add("x-amzn-RequestId", "0b7e5a0e-7c55-4d6f-8c8e-3f1a2b4c5d6e");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static String answer(String action, String body) {
    return switch (action) {
      case "GetItem" -> item(body);
      case "Query" -> query(body);
      case "BatchGetItem" ->
          "{\"Responses\":{\"DeletionJobs\":[" + QUEUED_JOB + "]},\"UnprocessedKeys\":{}}";
      case "PutItem", "TransactWriteItems", "ReceiveMessage" -> "{}";
      case "SendMessage" ->
          "{\"MessageId\":\"5f0e4d6b-9c3a-4b1d-8e9f-8a7c8f7c2a10\",\"MD5OfMessageBody\":\""
              + md5(message(body))
              + "\"}";
      case "DescribeTable" -> RECORDS_TABLE;
      case "Scan" -> "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";
      case "GetSecretValue" ->
          "{\"ARN\":\"arn:aws:secretsmanager:eu-central-1:123456789012:secret:one\","
              + "\"Name\":\"one\",\"SecretString\":\""
              + SECRET
              + "\"}";
      default -> throw new IllegalArgumentException("no answer to " + action);
    };
  }

  private static String item(String body) {
    if (body.contains("\"RateLimits\"")) {
      return "{}";
    }
    return "{\"Item\":" + (body.contains("\"ClientApps\"") ? CLIENT_APP : QUEUED_JOB) + "}";
  }

  private static String query(String body) {
    if (body.contains("\"JobsByBot\"")) {
      return page(INDEX_ENTRY);
    }
    if (body.contains("\"DeletionJobConversations\"")) {
      return page(CHUNK);
    }
    return body.contains("\"ChangeLog\"") ? page(ENTRY) : "{\"Items\":[],\"Count\":0}";
  }

  private static String page(String item) {
    return "{\"Items\":[" + item + "],\"Count\":1,\"ScannedCount\":1}";
  }

  private static String message(String body) {
    Matcher matcher = BODY_OF_MESSAGE.matcher(body);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no message in " + body);
    }
    return matcher.group(1).replace("\\\"", "\"");
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}
