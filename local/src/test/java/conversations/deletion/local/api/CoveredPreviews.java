package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.local.api.Service.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sends what it takes for previews, and jobs that name one, to be answered in every way. */
final class CoveredPreviews {

  private static final Instant THREE_DAYS_AGO = Instant.now().minus(Duration.ofDays(3));

  private final Service service;

  CoveredPreviews(Service service) {
    this.service = service;
  }

  /** From the request for a preview to the job that is made of it. */
  void followToTheirJobs() {
    String user = "u-" + UUID.randomUUID();
    List<String> seeded = service.seed(service.bot, user, 3, THREE_DAYS_AGO);
    addHeaderOfAnotherUser(seeded.getLast());
    String preview = service.completedPreview("{\"cId\":\"%s\"}".formatted(user));
    expect(200, service.preview(preview));
    expect(200, service.get(conversationsOf(preview)));
    expect(200, service.get(conversationsOf(preview) + "?limit=1"));
    String job = expect(202, submit(preview)).body().path("jobId").asText();
    expect(200, service.job(job));
    expect(200, service.get(service.jobsPath() + "?limit=5"));
    String failed = ended("failed");
    change(failed, Map.of("failureReason", AttributeValue.fromS("unavailable")));
    expect(200, service.preview(failed));
  }

  /** What is wrong with a request, and what stands against using a preview. */
  void makeEveryFault() {
    String absent = "cdp-" + UUID.randomUUID();
    expect(400, service.askForPreview("{\"cId\":\"u-1\",\"reference\":\"REQ-4711\"}"));
    expect(400, service.submit("{\"previewId\":\"none\"}"));
    expect(400, service.submit("{\"cId\":\"u-1\",\"previewId\":\"%s\"}".formatted(absent)));
    expect(404, submit(absent));

    String running = ended("queued");
    expect(409, submit(running));
    expect(409, service.get(conversationsOf(running)));
    String expired = ended("completed");
    change(expired, Map.of("goodUntil", AttributeValue.fromS("2026-01-01T00:00:00.000Z")));
    expect(409, submit(expired));
    expect(409, service.get(conversationsOf(expired)));
    String used = ended("completed");
    change(used, Map.of("madeJobs", AttributeValue.fromSs(hundredJobs())));
    expect(409, submit(used));
    String good = ended("completed");
    expect(400, service.get(conversationsOf(good) + "?limit=0"));

    for (String id : List.of("c-1", "c-1", "c-2")) {
      expect(id.equals("c-1") ? 202 : 422, askWithKey(id));
    }
    expect(415, askAsText());
    expect(413, service.askForPreview(" ".repeat(256 * 1024 + 1)));
  }

  /** A job of a channel user, where the stack asks for a preview of more than one conversation. */
  void beAskedForOne() {
    service.seed(service.bot, service.user, 2, THREE_DAYS_AGO);
    expect(409, service.submit("{\"cId\":\"%s\"}".formatted(service.user)));
  }

  private Reply submit(String preview) {
    return service.submit("{\"previewId\":\"%s\"}".formatted(preview));
  }

  private String conversationsOf(String preview) {
    return service.previewsPath() + "/" + preview + "/conversations";
  }

  /** A preview that has ended, made to look as if it had this status. */
  private String ended(String status) {
    String preview = service.completedPreview("{\"conversationIds\":[\"absent\"]}");
    change(preview, Map.of("status", AttributeValue.fromS(status)));
    if (status.equals("queued")) {
      update(preview, "REMOVE completedAt, goodUntil", Map.of(), Map.of());
    }
    return preview;
  }

  private void change(String preview, Map<String, AttributeValue> attributes) {
    attributes.forEach(
        (name, value) ->
            update(preview, "SET #name = :value", Map.of("#name", name), Map.of(":value", value)));
  }

  private void update(
      String preview,
      String expression,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    service
        .aws
        .clients()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName(service.aws.tableName("DeletionPreviewsTable"))
                    .key(
                        Map.of(
                            "botId", AttributeValue.fromS(service.bot),
                            "previewId", AttributeValue.fromS(preview)))
                    .updateExpression(expression)
                    .expressionAttributeNames(names.isEmpty() ? null : names)
                    .expressionAttributeValues(values.isEmpty() ? null : values));
  }

  private static List<String> hundredJobs() {
    return IntStream.range(0, 100).mapToObj(_ -> "cdj-" + UUID.randomUUID()).toList();
  }

  private Reply askWithKey(String id) {
    return service.send(
        service
            .request(service.previewsPath())
            .header("auth", service.app.token(Duration.ofMinutes(5)))
            .header("Idempotency-Key", "of a preview")
            .POST(BodyPublishers.ofString("{\"conversationIds\":[\"%s\"]}".formatted(id))));
  }

  private Reply askAsText() {
    return service.send(
        service
            .request(service.previewsPath())
            .header("auth", service.app.token(Duration.ofMinutes(5)))
            .setHeader("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{\"conversationIds\":[\"c-1\"]}")));
  }

  /** Then nobody knows whose conversation it is, so a job could not delete it. */
  private void addHeaderOfAnotherUser(String conversation) {
    Map<String, AttributeValue> header = new HashMap<>();
    Map.of(
            "conversationKey", service.bot + "#" + conversation,
            "recordKey", "SESSION#2",
            "botId", service.bot,
            "conversationId", conversation,
            "recordType", "SESSION",
            "cId", "u-another",
            "channelUserKey", service.bot + "#u-another",
            "createdAt", "2026-05-04T10:00:00.000Z",
            "startedAt", "2026-05-04T10:00:00.000Z")
        .forEach((name, value) -> header.put(name, AttributeValue.fromS(value)));
    service.put("ConversationRecordsTable", header);
  }

  private static Reply expect(int status, Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    return reply;
  }
}
