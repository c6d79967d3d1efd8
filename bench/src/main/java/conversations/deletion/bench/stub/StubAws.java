package conversations.deletion.bench.stub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * DynamoDB, SQS and SES in place of the SDK's HTTP client. The SDK does all its work on each call
 * and each answer, but there is no network.
 */
public final class StubAws implements SdkHttpClient {

  public static final String QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/000000000000/jobs";
  public static final String DEAD_LETTER_QUEUE_URL =
      "https://sqs.us-east-1.amazonaws.com/000000000000/dead";
  public static final String PREVIEW_QUEUE_URL =
      "https://sqs.us-east-1.amazonaws.com/000000000000/previews";

  private static final String TARGET = "X-Amz-Target";
  private static final String DYNAMODB = "DynamoDB_20120810.";
  private static final String SQS = "AmazonSQS.";

  private static final byte[] MAIL_SENT =
      """
      <SendEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendEmailResult>\
      <MessageId>0100000000000000-1</MessageId></SendEmailResult><ResponseMetadata>\
      <RequestId>4b6a3633-025f-438d-ad11-9c12ac783d81</RequestId></ResponseMetadata>\
      </SendEmailResponse>"""
          .getBytes(StandardCharsets.UTF_8);

  private final TimeSource time;
  private final long madeAt;
  private final Meter meter = new Meter();
  private final InFlight deletes = new InFlight();
  private final Tables tables = new Tables(meter);
  private final RecordsTable records;
  private final Map<String, Queue> queues = new ConcurrentHashMap<>();
  private volatile Behaviour behaviour = Behaviour.atOnce();
  private volatile Gate gate = (_, _) -> {};

  /** Sees every request before the stub handles it, and may stop it. */
  @FunctionalInterface
  public interface Gate {

    void pass(String operation, String target);
  }

  public StubAws(TimeSource time) {
    this.time = time;
    this.madeAt = time.nanoTime();
    this.records = new RecordsTable(meter, time);
    tables.seed(
        Tables.BOTS,
        Map.of(
            "botId", Attribute.s(SampleUser.BOT_ID),
            "name", Attribute.s("Shop bot"),
            "ownerEmail", Attribute.s("owner@example.com"),
            "createdAt", Attribute.s("2026-01-01T00:00:00.000Z")));
  }

  public Meter meter() {
    return meter;
  }

  public InFlight deletes() {
    return deletes;
  }

  public RecordsTable records() {
    return records;
  }

  public TimeSource time() {
    return time;
  }

  /** The time since it was made, in nanoseconds. */
  public long age() {
    return time.nanoTime() - madeAt;
  }

  /** The bytes of memory that hold what jobs have left behind. */
  public long packedBytes() {
    return tables.packedBytes() + meter.bytes();
  }

  /** Changes how it answers from now on, even while requests are in flight. */
  public void behave(Behaviour newBehaviour) {
    this.behaviour = newBehaviour;
    records.capacity().limitTo(newBehaviour.limits(), time.nanoTime());
  }

  /** Leaves the records table, which has limits, nothing that is saved up. */
  public void exhaust() {
    records.capacity().exhaust(time.nanoTime());
  }

  /** A write of one unit to the records table by somebody else; false if it is throttled. */
  boolean write() {
    return records.capacity().takeOne(time.nanoTime());
  }

  public void setGate(Gate newGate) {
    this.gate = newGate;
  }

  /**
   * An answer of AWS.
   *
   * @param status the HTTP status
   */
  public record StubAnswer(int status, byte[] body) {}

  /**
   * Answers a request of one of the JSON protocols.
   *
   * @param target its header {@code X-Amz-Target}
   */
  public StubAnswer answer(String target, byte[] body) throws InterruptedException {
    boolean isDelete =
        target.equals("DynamoDB_20120810.BatchWriteItem") && RecordsTable.isBatchOfRecords(body);
    if (isDelete) {
      return delete(body);
    }
    Map<String, Object> request = Json.object(body);
    String operation = target.substring(target.indexOf('.') + 1);
    enter(operation, targetOf(request));
    try {
      if (target.startsWith(SQS)) {
        return new StubAnswer(200, Json.write(sqs(operation, request)));
      }
      if (!target.startsWith(DYNAMODB)) {
        throw AwsError.validation(target);
      }
      return new StubAnswer(200, dynamoDb(operation, request));
    } catch (AwsError e) {
      return new StubAnswer(e.status(), e.body());
    }
  }

  private StubAnswer delete(byte[] body) throws InterruptedException {
    gate.pass("BatchWriteItem", RecordsTable.NAME);
    meter.request("BatchWriteItem", RecordsTable.NAME);
    deletes.begin(time.nanoTime());
    try {
      pause();
      return new StubAnswer(200, records.batchWriteItem(body, behaviour));
    } catch (AwsError e) {
      return new StubAnswer(e.status(), e.body());
    } finally {
      deletes.end(time.nanoTime());
    }
  }

  private void enter(String operation, String target) throws InterruptedException {
    gate.pass(operation, target);
    meter.request(operation, target);
    pause();
  }

  private void pause() throws InterruptedException {
    Duration latency = behaviour.latency();
    if (latency.isPositive()) {
      time.sleep(latency);
    }
  }

  /** The table, index or queue; a transaction has several, so none is named. */
  private static String targetOf(Map<String, Object> request) {
    if (RecordsTable.INDEX.equals(request.get("IndexName"))) {
      return RecordsTable.INDEX;
    }
    String name = (String) request.getOrDefault("TableName", request.getOrDefault("QueueUrl", ""));
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private byte[] dynamoDb(String operation, Map<String, Object> request) {
    if (RecordsTable.NAME.equals(request.get("TableName"))) {
      if (!operation.equals("Query")) {
        throw AwsError.validation(operation + " of records");
      }
      return records.query(request);
    }
    return Json.write(tables.answer(operation, request));
  }

  private Map<String, Object> sqs(String operation, Map<String, Object> request) {
    Queue queue = queues.computeIfAbsent(Json.text(request, "QueueUrl"), _ -> new Queue(time));
    return switch (operation) {
      case "SendMessage" -> queue.send(request);
      case "ReceiveMessage" -> queue.receive(request);
      case "DeleteMessage" -> queue.delete(request);
      case "DeleteMessageBatch" -> queue.deleteBatch(request);
      case "ChangeMessageVisibility" -> queue.changeVisibility(request);
      default -> throw AwsError.validation(operation);
    };
  }

  private StubAnswer mail() throws InterruptedException {
    enter("SendEmail", "SES");
    return new StubAnswer(200, MAIL_SENT);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new StubCall(request, this::answer);
  }

  @Override
  public String clientName() {
    return "Stub";
  }

  @Override
  public void close() {}

  private StubAnswer answer(StubCall call) throws IOException, InterruptedException {
    Optional<String> target = call.http().firstMatchingHeader(TARGET);
    return target.isPresent() ? answer(target.get(), call.body()) : mail();
  }
}
