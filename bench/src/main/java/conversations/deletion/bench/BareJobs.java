package conversations.deletion.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.Tables;
import conversations.deletion.domain.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Makes the calls that a job of three listed conversations needs to keep the service's promises,
 * one after another. These are: receive the message; lease the job; tell the change log of its
 * start; read what was listed; per conversation read, look and look again; store the plan; delete;
 * delete the headers; store the outcome; end the job and tell the change log; find the owner and
 * send the e-mail; close the job; remove the message.
 */
final class BareJobs {

  private static final int FINGERPRINT_BYTES = 8;

  /** The e-mail that the contract requires, in its plainest form. */
  private static final String TEXT =
      """
      Deletion job %s of bot Shop bot (bench) completed.
      You asked for a list of conversations.

      Conversations found      3
      Conversations deleted    3
      Conversations failed     0
      Conversations not there  0
      Records deleted          27

      Submitted  2026-11-24 00:00:00 UTC
      Started    2026-11-24 00:05:00 UTC
      Ended      2026-11-24 00:05:01 UTC

      There is nothing for you to do.
      """;

  private static final String HTML =
      """
      <!DOCTYPE html>
      <p>Deletion job %s of bot Shop bot (bench) completed.</p>
      <p>You asked for a list of conversations.</p>
      <table>
      <tr><td>Conversations found</td><td>3</td></tr>
      <tr><td>Conversations deleted</td><td>3</td></tr>
      <tr><td>Conversations failed</td><td>0</td></tr>
      <tr><td>Conversations not there</td><td>0</td></tr>
      <tr><td>Records deleted</td><td>27</td></tr>
      <tr><td>Submitted</td><td>2026-11-24 00:00:00 UTC</td></tr>
      <tr><td>Started</td><td>2026-11-24 00:05:00 UTC</td></tr>
      <tr><td>Ended</td><td>2026-11-24 00:05:01 UTC</td></tr>
      </table>
      <p>There is nothing for you to do.</p>
      """;

  private final Clients clients;
  private final DynamoDbClient dynamoDb;
  private final Map<String, AttributeValue> botKey = Map.of("botId", s(SampleUser.BOT_ID));

  BareJobs(Clients clients) {
    this.clients = clients;
    this.dynamoDb = clients.dynamoDb();
  }

  /** Works on all jobs that have a message in the queue, and returns their number. */
  int workOnAll() {
    int jobs = 0;
    for (List<Message> messages = receive(); !messages.isEmpty(); messages = receive()) {
      work(messages.getFirst());
      jobs++;
    }
    return jobs;
  }

  private List<Message> receive() {
    return clients
        .sqs()
        .receiveMessage(
            request ->
                request
                    .queueUrl(StubAws.QUEUE_URL)
                    .maxNumberOfMessages(1)
                    .waitTimeSeconds(1)
                    .visibilityTimeout(60))
        .messages();
  }

  private void work(Message message) {
    String job = jobOf(message);
    Map<String, AttributeValue> key = Map.of("botId", s(SampleUser.BOT_ID), "jobId", s(job));
    String now = Timestamps.format(Instant.now());
    dynamoDb.updateItem(
        request ->
            request
                .tableName(Tables.JOBS)
                .key(key)
                .updateExpression(
                    "SET leaseUntil = :until, sweepAt = :until ADD fence :one, attempts :one")
                .conditionExpression(
                    "openGroup = :open AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now)")
                .expressionAttributeValues(
                    Map.of(":open", s("open"), ":until", s(now), ":now", s(now), ":one", n(1)))
                .returnValues(ReturnValue.ALL_OLD));
    change(key, now, "started", "SET #status = :status, startedAt = :now", "in_progress");

    List<String> conversations = conversationsOf(job);
    List<Map<String, AttributeValue>> records = new ArrayList<>();
    List<Map<String, AttributeValue>> headers = new ArrayList<>();
    for (String conversation : conversations) {
      for (Map<String, AttributeValue> item : query(conversation, false)) {
        boolean isHeader = item.get("recordType").s().equals("SESSION");
        (isHeader ? headers : records)
            .add(Map.of("conversationKey", s(conversation), "recordKey", item.get("recordKey")));
      }
    }
    store(job, conversations, "pending", records.size() + headers.size());
    delete(records);
    conversations.forEach(conversation -> query(conversation, true));
    delete(headers);
    conversations.forEach(conversation -> query(conversation, true));
    store(job, conversations, "deleted", 0);
    change(key, now, "ended", "SET #status = :status, completedAt = :now", "completed");

    mail(job);
    dynamoDb.updateItem(
        request ->
            request
                .tableName(Tables.JOBS)
                .key(key)
                .updateExpression(
                    "SET notificationStatus = :sent, openGroup = :ended, sweepAt = :now"
                        + " REMOVE leaseUntil")
                .conditionExpression("fence = :fence")
                .expressionAttributeValues(
                    Map.of(
                        ":sent", s("sent"), ":ended", s("ended"), ":now", s(now), ":fence", n(1))));
    clients
        .sqs()
        .deleteMessage(
            request -> request.queueUrl(StubAws.QUEUE_URL).receiptHandle(message.receiptHandle()));
  }

  private static String jobOf(Message message) {
    try {
      return (String) JSON.std.mapFrom(message.body()).get("jobId");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void change(
      Map<String, AttributeValue> key, String now, String what, String update, String status) {
    dynamoDb.transactWriteItems(
        request ->
            request.transactItems(
                TransactWriteItem.builder()
                    .update(
                        one ->
                            one.tableName(Tables.JOBS)
                                .key(key)
                                .updateExpression(update)
                                .conditionExpression("fence = :fence")
                                .expressionAttributeNames(Map.of("#status", "status"))
                                .expressionAttributeValues(
                                    Map.of(":status", s(status), ":now", s(now), ":fence", n(1))))
                    .build(),
                TransactWriteItem.builder()
                    .put(
                        one ->
                            one.tableName(Tables.CHANGE_LOG)
                                .item(
                                    Map.of(
                                        "botId", s(SampleUser.BOT_ID),
                                        "entryKey", s(now + "#" + key.get("jobId").s() + what),
                                        "resourceId", key.get("jobId"),
                                        "message", s("Deletion job " + what),
                                        "createdOn", s(now))))
                    .build()));
  }

  private List<String> conversationsOf(String job) {
    return dynamoDb
        .getItem(
            request ->
                request
                    .tableName(Tables.CHUNKS)
                    .key(Map.of("jobId", s(job), "chunk", n(1)))
                    .consistentRead(true))
        .item()
        .get("conversations")
        .l()
        .stream()
        .map(one -> SampleUser.BOT_ID + "#" + one.m().get("id").s())
        .toList();
  }

  private void store(String job, List<String> conversations, String outcome, int planned) {
    List<AttributeValue> entries =
        conversations.stream()
            .map(
                conversation ->
                    AttributeValue.fromM(
                        Map.of(
                            "id", s(conversation.substring(SampleUser.BOT_ID.length() + 1)),
                            "outcome", s(outcome),
                            "records", n(planned))))
            .toList();
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("jobId", s(job));
    item.put("chunk", n(1));
    item.put("fence", n(1));
    item.put("conversations", AttributeValue.fromL(entries));
    item.put(
        "planned",
        AttributeValue.fromB(SdkBytes.fromByteArray(new byte[planned * FINGERPRINT_BYTES])));
    dynamoDb.putItem(
        request ->
            request
                .tableName(Tables.CHUNKS)
                .item(item)
                .conditionExpression("fence <= :fence")
                .expressionAttributeValues(Map.of(":fence", n(1))));
  }

  private List<Map<String, AttributeValue>> query(String conversation, boolean consistent) {
    return dynamoDb
        .query(
            request ->
                request
                    .tableName(RecordsTable.NAME)
                    .keyConditionExpression("conversationKey = :conversation")
                    .expressionAttributeValues(Map.of(":conversation", s(conversation)))
                    .projectionExpression("recordKey, recordType, createdAt, cId, startedAt")
                    .consistentRead(consistent)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .items();
  }

  private void delete(List<Map<String, AttributeValue>> keys) {
    BareBatch.delete(clients.singleAttemptDynamoDb(), keys);
  }

  private void mail(String job) {
    String to =
        dynamoDb
            .getItem(request -> request.tableName(Tables.BOTS).key(botKey))
            .item()
            .get("ownerEmail")
            .s();
    clients
        .ses()
        .sendEmail(
            request ->
                request
                    .source("sender@example.com")
                    .destination(one -> one.toAddresses(to))
                    .message(
                        one ->
                            one.subject(text -> text.data("Deletion job completed: " + job))
                                .body(
                                    body ->
                                        body.text(text -> text.data(TEXT.formatted(job)))
                                            .html(html -> html.data(HTML.formatted(job))))));
  }

  private static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue n(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
