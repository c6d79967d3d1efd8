package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.local.api.Service.Reply;
import conversations.deletion.local.invoke.FunctionLogs.Line;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
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
    assertThat(jobOf(ended, job).path("deletedCount").asInt()).isEqualTo(12);
    assertThat(
            ended.path("changeLog").valueStream().map(entry -> entry.path("resourceId").asText()))
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
                      item.at("/item/conversationKey").asText()
                          + item.at("/item/recordKey").asText()));
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
    assertThat(header.at("/items/0/item/recordKey").asText()).isEqualTo("SESSION");
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
    assertThat(lines.at("/0/message").asText()).isEqualTo("m299");
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
    service
        .aws
        .clients()
        .dynamoDb()
        .putItem(
            put ->
                put.tableName(service.aws.tableName("ChannelUsersTable"))
                    .item(
                        Map.of(
                            "botId", AttributeValue.fromS(service.neighbourBot),
                            "cId", AttributeValue.fromS("<img src=x onerror=alert(1)>"))));

    assertThat(get("tables/ChannelUsersTable?text=%3Cimg").at("/items/0/item/cId").asText())
        .isEqualTo("<img src=x onerror=alert(1)>");
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
        .path("jobs")
        .valueStream()
        .filter(job -> job.path("jobId").asText().equals(jobId))
        .findFirst()
        .orElseThrow();
  }
}
