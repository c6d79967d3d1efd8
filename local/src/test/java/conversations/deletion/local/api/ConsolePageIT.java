package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.local.api.Service.Reply;
import conversations.deletion.local.invoke.FunctionLogs.Line;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The requests that the console's page makes. */
class ConsolePageIT {

  private static final String CONSOLE = "/_local/console/";
  private static final Instant YESTERDAY = Instant.now().minus(1, ChronoUnit.DAYS);

  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void servesThePageUnderAStrictPolicy() {
    Reply page = service.get("/_local/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=UTF-8");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(page.text()).doesNotContain("src=\"http", "href=\"http", "<script>", "style=");
  }

  @Test
  void refusesPagesFromElsewhere() {
    Reply reply =
        service.send(
            service
                .request("/_local/off-peak")
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.noBody()));

    assertThat(reply.status()).isEqualTo(403);
  }

  @Test
  void knowsNoOtherPath() {
    for (String path :
        List.of(
            "none", "none.js", "", "../x", "tables/None", "tables", "mails/none/html", "a/b/c/d")) {
      assertThat(service.get(CONSOLE + path).status()).as(path).isEqualTo(404);
    }
    assertThat(post("state").status()).isEqualTo(404);
  }

  @Test
  void tellsHowThingsStand() {
    List<String> conversations = service.seed(service.bot, service.user, 2, YESTERDAY);
    String job =
        service
            .submit("{\"conversationIds\":[\"%s\"]}".formatted(conversations.getFirst()))
            .body()
            .path("jobId")
            .asText();

    JsonNode queued = state();
    service.runOffPeak();
    JsonNode ended = state();

    assertThat(queued.at("/offPeak/open").asBoolean()).isTrue();
    assertThat(queued.at("/offPeak/changesAt").isNull()).isTrue();
    assertThat(Instant.parse(queued.at("/offPeak/nextTick").asText()))
        .isAfter(Instant.parse(queued.path("now").asText()));
    assertThat(queued.at("/offPeak/ticking").asBoolean()).isFalse();
    assertThat(named(queued, "queues", "DeletionQueue").path("movesAfter").asInt()).isEqualTo(10);
    assertThat(named(queued, "tables", "ConversationRecordsTable").path("items").asLong())
        .isGreaterThanOrEqualTo(24);
    assertThat(jobOf(queued, job).path("status").asText()).isEqualTo("queued");
    assertThat(jobOf(ended, job).path("status").asText()).isEqualTo("completed");
    assertThat(jobOf(ended, job).path("deletedCount").asText()).isEqualTo("12");
    assertThat(
            ended
                .path("changeLog")
                .valueStream()
                .map(entry -> entry.at("/attributes/resourceId").asText()))
        .contains(job);
    assertThat(ended.at("/mails/0/subject").asText()).contains(job);
  }

  @Test
  void pagesThroughATableWithoutLossOrRepetition() {
    String user = "u-paged";
    service.seed(service.bot, user, 4, 40, YESTERDAY);

    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = get("tables/ConversationRecordsTable?text=&next=" + next);
      assertThat(page.path("items").size()).isLessThanOrEqualTo(25);
      page.path("items")
          .forEach(
              item ->
                  seen.add(
                      item.at("/attributes/conversationKey").asText()
                          + item.at("/attributes/recordKey").asText()));
      next = page.path("next").asText("");
    } while (!next.isEmpty());

    assertThat(seen).hasSize(service.census().records());
    assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
  }

  @Test
  void findsItemsByPartitionAndByText() {
    String conversation = service.seed(service.bot, "u-found", 1, 30, YESTERDAY).getFirst();
    String key = service.bot + "%23" + conversation;

    JsonNode whole = get("tables/ConversationRecordsTable?partition=" + key);
    JsonNode header = get("tables/ConversationRecordsTable?text=channeluserKEY&partition=" + key);

    assertThat(whole.path("items").size()).isEqualTo(25);
    assertThat(
            get("tables/ConversationRecordsTable?partition=%s&next=%s"
                    .formatted(key, whole.path("next").asText()))
                .path("items")
                .size())
        .isEqualTo(5);
    assertThat(header.path("items").size()).isEqualTo(1);
    assertThat(header.at("/items/0/attributes/recordKey").asText()).isEqualTo("SESSION");
    assertThat(header.at("/items/0/meanings/expiresAt").asText()).endsWith("Z");
    assertThat(get("tables/DeletionJobConversationsTable?partition=none").path("items")).isEmpty();
  }

  @Test
  void refusesAPlaceThatIsNone() {
    for (String next : List.of("x", "W10", "!")) {
      assertThat(service.get(CONSOLE + "tables/BotsTable?next=" + next).status())
          .as(next)
          .isEqualTo(400);
    }
  }

  @Test
  void looksIntoADeadLetterQueueAndLeavesItsMessages() {
    String url = service.aws.queueUrl("DeletionDeadLetterQueue");
    service.aws.clients().sqs().purgeQueue(request -> request.queueUrl(url));
    service
        .aws
        .clients()
        .sqs()
        .sendMessage(message -> message.queueUrl(url).messageBody("{\"jobId\":\"unknown\"}"));

    JsonNode first = post("queues/DeletionDeadLetterQueue/look").body();
    JsonNode second = post("queues/DeletionDeadLetterQueue/look").body();

    assertThat(first.at("/0/body").asText()).isEqualTo("{\"jobId\":\"unknown\"}");
    assertThat(second.at("/0/id").asText()).isEqualTo(first.at("/0/id").asText());
    assertThat(
            service
                .aws
                .clients()
                .sqs()
                .getQueueAttributes(
                    request ->
                        request
                            .queueUrl(url)
                            .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes())
        .containsValue("1");
  }

  @Test
  void takesNoDeliveryFromTheQueueOfJobs() {
    assertThat(post("queues/DeletionQueue/look").status()).isEqualTo(404);
  }

  @Test
  void findsLinesOfTheLogs() {
    IntStream.range(0, 300)
        .forEach(
            i ->
                service
                    .aws
                    .logs()
                    .add(
                        new Line(
                            Instant.now(),
                            "OffPeakFunction",
                            "{\"level\":\"WARN\",\"message\":\"m%d\",\"jobId\":\"cdj-logged\"}"
                                .formatted(i))));

    JsonNode lines = get("logs?function=OffPeakFunction&level=INFO&text=cdj-logged");

    assertThat(lines.size()).isEqualTo(200);
    assertThat(lines.at("/0/title").asText()).isEqualTo("m299");
    assertThat(get("logs?level=ERROR&text=cdj-logged")).isEmpty();
  }

  @Test
  void namesBotsWithAClientAppFirst() {
    JsonNode bots = get("bots");

    assertThat(bots.at("/0/botId").asText()).isEqualTo(service.bot);
    assertThat(bots.valueStream().map(bot -> bot.path("botId").asText()))
        .contains(service.neighbourBot);
  }

  @Test
  void showsAnItemThatIsNoJobOfOurs() {
    service.put(
        "ChannelUsersTable",
        Map.of(
            "botId", AttributeValue.fromS(service.neighbourBot),
            "cId", AttributeValue.fromS("<img src=x onerror=alert(1)>")));

    assertThat(get("tables/ChannelUsersTable?text=%3Cimg").at("/items/0/attributes/cId").asText())
        .isEqualTo("<img src=x onerror=alert(1)>");
  }

  @Test
  void showsOddItemsBesideTheOthers() {
    String odd = "u-odd-" + UUID.randomUUID();
    put("ChannelUsersTable", odd + "1", Map.of("expiresAt", AttributeValue.fromN("1777887000.5")));
    put("ChannelUsersTable", odd + "2", Map.of("n", AttributeValue.fromN("9007199254740993")));
    put("ChannelUsersTable", odd + "3", Map.of("name", AttributeValue.fromS("\u202eevil אב")));

    JsonNode items = get("tables/ChannelUsersTable?text=" + odd).path("items");

    assertThat(items).hasSize(3);
    assertThat(items.at("/0/meanings/expiresAt").asText()).isEqualTo("2026-05-04T09:30:00.500Z");
    assertThat(items.at("/1/attributes/n").isTextual()).isTrue();
    assertThat(items.at("/1/json").asText()).contains("\"n\": 9007199254740993");
    assertThat(items.at("/2/attributes/name").asText()).isEqualTo("\u202eevil אב");
  }

  /** The page asks for its items every second. */
  @Test
  void sendsOfLargeItemsHowTheyBeginAndTheWholeWhereItIsAskedFor() {
    String large = "u-large-" + UUID.randomUUID();
    String text = "x".repeat(300_000) + "the end";
    for (int i = 0; i < 25; i++) {
      put("ChannelUsersTable", large + i, Map.of("name", AttributeValue.fromS(text)));
    }

    Service.Reply page = service.get(CONSOLE + "tables/ChannelUsersTable?text=" + large);

    JsonNode item = page.body().at("/items/0");
    assertThat(page.body().path("items")).hasSize(25);
    assertThat(page.text().length()).isLessThan(50_000);
    assertThat(item.at("/attributes/name").asText())
        .isEqualTo("x".repeat(1_000) + "… (300007 characters)");
    assertThat(item.at("/attributes/cId").asText()).startsWith(large);
    assertThat(item.path("json").isNull()).isTrue();
    String whole = CONSOLE + "tables/ChannelUsersTable/item?place=";
    assertThat(service.get(whole + item.path("place").asText()).body().path("json").asText())
        .contains("the end");
    assertThat(service.get(whole + "W10").status()).isEqualTo(400);
    assertThat(get("tables/ChannelUsersTable?text=the%20end").path("items")).hasSize(25);
  }

  @Test
  void findsJobsByStatusAndTextAndAlsoThoseThatLackAttributes() {
    String id = "cdj-odd-" + UUID.randomUUID();
    putJob(id + "-bare", Map.of());
    putJob(
        id + "-typed",
        Map.of(
            "status", AttributeValue.fromN("7"),
            "submittedAt", AttributeValue.fromS("yesterday"),
            "completedAt", AttributeValue.fromBool(true),
            "totalConversations", AttributeValue.fromS("many")));

    assertThat(get("state?text=" + id).at("/jobs/newest")).hasSize(2);
    assertThat(get("state?text=" + id + "&status=open").at("/jobs/newest"))
        .extracting(job -> job.at("/attributes/jobId").asText())
        .containsExactly(id + "-bare");
    assertThat(
            get("state?text=" + id + "&status=7")
                .at("/jobs/newest/0/attributes/totalConversations")
                .asText())
        .isEqualTo("many");
    assertThat(get("state?text=" + id + "&status=7").at("/jobs/found").asInt()).isEqualTo(1);
    assertThat(state().at("/jobs/open").asInt()).isPositive();
  }

  @Test
  void tellsWhatBecameOfEachConversationOfAJob() {
    List<String> conversations = service.seed(service.bot, "u-outcomes", 1, YESTERDAY);
    String job =
        service
            .submit("{\"conversationIds\":[\"%s\",\"gone\"]}".formatted(conversations.getFirst()))
            .body()
            .path("jobId")
            .asText();
    service.runOffPeak();

    JsonNode answer = get("job?botId=%s&jobId=%s".formatted(service.bot, job));

    assertThat(answer.at("/job/attributes/status").asText()).isEqualTo("completed");
    assertThat(answer.path("next").isNull()).isTrue();
    assertThat(answer.path("conversations"))
        .extracting(one -> one.at("/attributes/id") + " " + one.at("/attributes/outcome"))
        .containsExactly(
            "\"%s\" \"deleted\"".formatted(conversations.getFirst()), "\"gone\" \"skipped\"");
  }

  @Test
  void tellsWhatAJobHasInPlaceOfConversationsAPartAtATime() {
    String job = "cdj-odd-" + UUID.randomUUID();
    AttributeValue conversation = AttributeValue.fromM(Map.of("id", AttributeValue.fromS("c-1")));
    putChunk(job, "1", Map.of());
    putChunk(
        job,
        "2",
        Map.of(
            "conversations",
            AttributeValue.fromL(List.of(AttributeValue.fromS("odd"), conversation))));
    String path = "job?botId=%s&jobId=%s".formatted(service.bot, job);

    JsonNode first = get(path);
    JsonNode second = get(path + "&next=" + first.path("next").asText());

    assertThat(first.path("job").isNull()).isTrue();
    assertThat(first.at("/conversations/0/attributes/chunk").asText()).isEqualTo("1");
    assertThat(second.at("/conversations/0/attributes/conversations").asText()).isEqualTo("odd");
    assertThat(second.at("/conversations/1/attributes/id").asText()).isEqualTo("c-1");
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(service.get(CONSOLE + path + "&next=x").status()).isEqualTo(400);
    assertThat(service.get(CONSOLE + "job?jobId=" + job).status()).isEqualTo(400);
  }

  @Test
  void tellsWhatAPreviewCountedAndEstimatesAndWhenItsConversationsBegan() {
    String user = "u-previewed";
    service.seed(service.bot, user, 3, YESTERDAY.minus(2, ChronoUnit.DAYS));
    service.seed(service.bot, user, 1, Instant.now().minusSeconds(60));
    String preview = service.completedPreview("{\"cId\":\"%s\"}".formatted(user));
    String about = "botId=%s&previewId=%s".formatted(service.bot, preview);

    JsonNode answer = get("preview?" + about);
    JsonNode chart = get("preview-chart?" + about);
    JsonNode api = service.preview(preview).body();

    assertThat(answer.at("/preview/result/conversations").asInt()).isEqualTo(4);
    assertThat(answer.at("/preview/expired").asBoolean()).isFalse();
    for (String count : List.of("records", "attachments", "bytes", "retained", "open", "failing")) {
      assertThat(answer.at("/preview/result/" + count))
          .as(count)
          .isEqualTo(api.at("/result/" + count));
    }
    assertThat(answer.at("/preview/estimate")).isEqualTo(api.at("/result/estimate"));
    assertThat(answer.at("/conversations")).hasSize(4);
    assertThat(sum(chart, "ready")).isEqualTo(3);
    assertThat(sum(chart, "open")).isEqualTo(1);
    assertThat(sum(chart, "records")).isEqualTo(48);
    assertThat(chart.path("undated").asInt()).isZero();
    assertThat(get("previews").at("/newest"))
        .extracting(one -> one.at("/view/attributes/previewId").asText())
        .contains(preview);
  }

  @Test
  void showsOddPreviewsBesideTheOthers() {
    String id = "cdp-odd-" + UUID.randomUUID();
    service.put(
        "DeletionPreviewsTable",
        Map.of("botId", AttributeValue.fromS("st-odd"), "previewId", AttributeValue.fromS(id)));
    service.put(
        "DeletionPreviewConversationsTable",
        Map.of(
            "previewId",
            AttributeValue.fromS(id),
            "chunk",
            AttributeValue.fromN("1"),
            "conversations",
            AttributeValue.fromL(
                List.of(
                    AttributeValue.fromS("odd"),
                    AttributeValue.fromM(
                        Map.of("startedAt", AttributeValue.fromS("<b>today</b>")))))));
    String about = "botId=st-odd&previewId=" + id;

    assertThat(get("previews").path("found").asInt()).isPositive();
    assertThat(get("preview?" + about).at("/preview/result").isNull()).isTrue();
    assertThat(get("preview?" + about).path("conversations")).hasSize(2);
    assertThat(get("preview-chart?" + about).path("undated").asInt()).isEqualTo(2);
    assertThat(get("preview?botId=st-odd&previewId=none").path("preview").isNull()).isTrue();
    assertThat(service.get(CONSOLE + "preview?previewId=" + id).status()).isEqualTo(400);
  }

  /**
   * A hold's id is its own only within its bot, and a job that goes on keeps the names of its
   * holds.
   */
  @Test
  void tellsWhichJobsOfItsBotWaitForAHoldNow() {
    String hold = "case-" + UUID.randomUUID();
    putHold("st-one", hold, Map.of());
    putHold("st-two", hold, Map.of("releasedAt", AttributeValue.fromS("2026-05-04T09:30:00.000Z")));
    putJobThatWaited("st-one", "cdj-waits", hold, "on_hold");
    putJobThatWaited("st-one", "cdj-goes-on", hold, "open");

    JsonNode holds = get("holds");

    Map<String, String> waiting = new HashMap<>();
    holds
        .path("newest")
        .valueStream()
        .filter(one -> one.path("holdId").asText().equals(hold))
        .forEach(one -> waiting.put(one.path("botId").asText(), one.path("waiting").toString()));
    assertThat(waiting)
        .containsOnly(
            Map.entry(
                "st-one",
                "[{\"botId\":\"st-one\",\"jobId\":\"cdj-waits\",\"since\":\"2026-05-04T00:00:04.000Z\"}]"),
            Map.entry("st-two", "[]"));
    assertThat(holds.path("released").asInt()).isPositive();
  }

  @Test
  void showsAMessagesMomentsNumbersAndBytes() {
    String url = service.aws.queueUrl("DeletionDeadLetterQueue");
    String body = "{\"odd\":9007199254740993}";
    service
        .aws
        .clients()
        .sqs()
        .sendMessage(
            message ->
                message
                    .queueUrl(url)
                    .messageBody(body)
                    .messageAttributes(
                        Map.of(
                            "raw",
                            MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryValue(SdkBytes.fromUtf8String("hi"))
                                .build())));

    JsonNode seen =
        post("queues/DeletionDeadLetterQueue/look")
            .body()
            .valueStream()
            .filter(message -> message.path("body").asText().equals(body))
            .findFirst()
            .orElseThrow();

    assertThat(seen.path("json").asText()).isEqualTo("{\n  \"odd\": 9007199254740993\n}");
    assertThat(Instant.parse(seen.at("/attributes/SentTimestamp").asText())).isAfter(Instant.EPOCH);
    assertThat(seen.at("/fromSender/raw").asText()).isEqualTo("Binary, 2 bytes, in Base64: aGk=");
  }

  private static void put(String table, String cId, Map<String, AttributeValue> attributes) {
    put(
        table,
        Map.of(
            "botId", AttributeValue.fromS(service.neighbourBot), "cId", AttributeValue.fromS(cId)),
        attributes);
  }

  private static void putJob(String jobId, Map<String, AttributeValue> attributes) {
    put(
        "DeletionJobsTable",
        Map.of("botId", AttributeValue.fromS("st-odd"), "jobId", AttributeValue.fromS(jobId)),
        attributes);
  }

  private static void putChunk(String jobId, String chunk, Map<String, AttributeValue> attributes) {
    put(
        "DeletionJobConversationsTable",
        Map.of("jobId", AttributeValue.fromS(jobId), "chunk", AttributeValue.fromN(chunk)),
        attributes);
  }

  private static void putHold(String bot, String hold, Map<String, AttributeValue> attributes) {
    put(
        "HoldsTable",
        Map.of(
            "holdKey", AttributeValue.fromS(bot), "itemKey", AttributeValue.fromS("hold#" + hold)),
        attributes);
  }

  private static void putJobThatWaited(String bot, String job, String hold, String group) {
    put(
        "DeletionJobsTable",
        Map.of("botId", AttributeValue.fromS(bot), "jobId", AttributeValue.fromS(job)),
        Map.of(
            "openGroup", AttributeValue.fromS(group),
            "onHoldSince", AttributeValue.fromS("2026-05-04T00:00:04.000Z"),
            "waitsForHolds", AttributeValue.fromSs(List.of(hold))));
  }

  private static void put(
      String table, Map<String, AttributeValue> key, Map<String, AttributeValue> attributes) {
    HashMap<String, AttributeValue> item = new HashMap<>(attributes);
    item.putAll(key);
    service.put(table, item);
  }

  private static long sum(JsonNode chart, String count) {
    return chart.path("spans").valueStream().mapToLong(span -> span.path(count).asLong()).sum();
  }

  private static JsonNode state() {
    return get("state");
  }

  private static JsonNode get(String path) {
    Reply reply = service.get(CONSOLE + path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.body();
  }

  private static Reply post(String path) {
    return service.send(service.request(CONSOLE + path).POST(BodyPublishers.noBody()));
  }

  private static JsonNode named(JsonNode state, String list, String id) {
    return state
        .path(list)
        .valueStream()
        .filter(one -> one.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode jobOf(JsonNode state, String jobId) {
    return state
        .at("/jobs/newest")
        .valueStream()
        .map(job -> job.path("attributes"))
        .filter(job -> job.path("jobId").asText().equals(jobId))
        .findFirst()
        .orElseThrow();
  }
}
