package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.local.api.Service.Reply;
import conversations.deletion.local.embedded.Mail;
import conversations.deletion.local.sample.Census;
import conversations.deletion.local.sample.CensusComparison;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The service as callers, owners and operators see it. */
class DeletionServiceIT {

  private static final Instant TWO_DAYS_AGO =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(36));

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
  void deletesListedConversationsAndTellsEverybody() {
    List<String> asked = service.seed(service.bot, newUser(), 2, TWO_DAYS_AGO);
    service.seed(service.bot, newUser(), 1, TWO_DAYS_AGO);
    service.seed(service.neighbourBot, service.user, 1, TWO_DAYS_AGO);
    Census before = service.census();

    Reply accepted = service.submit(listing(asked.getFirst(), asked.getLast(), asked.getFirst()));

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
    assertThat(accepted.body().path("status").asText()).isEqualTo("queued");
    assertThat(accepted.body().path("message").asText())
        .isEqualTo(
            "Deletion job queued successfully."
                + " The bot owner will be notified by email on completion.");
    String jobId = accepted.body().path("jobId").asText();
    assertThat(accepted.header("Location")).isEqualTo(service.jobsPath() + "/" + jobId);
    assertThat(accepted.header("Retry-After")).matches("\\d+");
    JsonNode queued = service.job(jobId).body();
    assertThat(queued.path("status").asText()).isEqualTo("queued");
    assertThat(queued.path("result").path("totalConversations").asInt()).isEqualTo(2);
    assertThat(queued.has("startedAt")).isFalse();

    service.runOffPeak();

    JsonNode job = service.job(jobId).body();
    assertThat(job.propertyStream().map(Map.Entry::getKey))
        .startsWith(
            "jobId",
            "status",
            "requestType",
            "submittedAt",
            "scheduledAt",
            "startedAt",
            "completedAt",
            "result");
    assertThat(job.path("status").asText()).isEqualTo("completed");
    assertThat(job.path("requestType").asText()).isEqualTo("conversationIds");
    assertThat(job.path("submittedAt")).isEqualTo(accepted.body().path("submittedAt"));
    assertResult(job, 2, 2, 24, 0);
    assertThat(job.path("result").path("retriesRemaining").asInt()).isEqualTo(3);
    assertExactlyGone(before, service.bot, asked);
    assertThat(messagesOfChangeLog(jobId))
        .satisfiesExactlyInAnyOrder(
            entry -> assertThat(entry).contains("submitted"),
            entry -> assertThat(entry).contains("started"),
            entry -> assertThat(entry).contains("completed"));
    assertThat(mailsAbout(jobId))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.to()).containsExactly(Service.OWNER);
              assertThat(mail.text()).contains("Deleted: 2 of 2 conversations, 24 records.");
              assertThat(mail.html()).contains(jobId, "Parcel bot");
            });
  }

  @Test
  void deletesTheConversationsOfAChannelUserOnOneDay() {
    String user = newUser();
    LocalDate day = LocalDate.ofInstant(TWO_DAYS_AGO, ZoneOffset.UTC);
    Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    List<String> asked = service.seed(service.bot, user, 3, noon);
    service.seed(service.bot, user, 1, noon.minus(Duration.ofDays(1)));
    service.seed(service.bot, newUser(), 1, noon);
    service.seed(service.neighbourBot, user, 1, noon);
    Census before = service.census();

    String jobId =
        accepted(
            "{\"cId\":\"%s\",\"startDate\":\"%s\",\"endDate\":\"%s\"}".formatted(user, day, day));
    service.runOffPeak();

    JsonNode job = service.job(jobId).body();
    assertThat(job.path("status").asText()).isEqualTo("completed");
    assertThat(job.path("requestType").asText()).isEqualTo("cId");
    assertResult(job, 3, 3, 36, 0);
    assertExactlyGone(before, service.bot, asked);
    assertThat(mailsAbout(jobId))
        .singleElement()
        .satisfies(mail -> assertThat(mail.text()).doesNotContain(user));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+491700000000", "29:1aB-x", "user@example.com", "<a>&,;%2F?=\\\\'"})
  void deletesTheConversationsOfAChannelUserWhoseIdIsAsPlatformsHaveIt(String id) {
    String user = id + "-" + UUID.randomUUID();
    List<String> asked = service.seed(service.bot, user.replace("\\\\", "\\"), 2, TWO_DAYS_AGO);
    Census before = service.census();

    String jobId = accepted("{\"cId\":\"%s\"}".formatted(user));
    service.runOffPeak();

    assertResult(service.job(jobId).body(), 2, 2, 24, 0);
    assertExactlyGone(before, service.bot, asked);
  }

  @Test
  void listsConversationsWhoseIdsAreAsPlatformsHaveThem() {
    String jobId = accepted(listing("+49:1@x%2F", "<a>&,;"));
    service.runOffPeak();

    assertThat(
            service
                .get(service.jobsPath() + "/" + jobId + "/conversations")
                .body()
                .path("conversations")
                .valueStream()
                .map(one -> one.path("conversationId").asText()))
        .containsExactlyInAnyOrder("+49:1@x%2F", "<a>&,;");
  }

  /** The index leads to it, so it is listed, though no caller could name it. */
  @Test
  void listsAConversationThatNoCallerCouldName() {
    String user = newUser();
    Map<String, AttributeValue> key =
        Map.of(
            "conversationKey", AttributeValue.fromS(service.bot + "#a b/#ä"),
            "recordKey", AttributeValue.fromS("SESSION"));
    HashMap<String, AttributeValue> header = new HashMap<>(key);
    header.put("botId", AttributeValue.fromS(service.bot));
    header.put("conversationId", AttributeValue.fromS("a b/#ä"));
    header.put("recordType", AttributeValue.fromS("SESSION"));
    header.put("cId", AttributeValue.fromS(user));
    header.put("channelUserKey", AttributeValue.fromS(service.bot + "#" + user));
    header.put("startedAt", AttributeValue.fromS(Timestamps.format(TWO_DAYS_AGO)));
    header.put("createdAt", AttributeValue.fromS(Timestamps.format(TWO_DAYS_AGO)));
    service.put("ConversationRecordsTable", header);

    String jobId = accepted("{\"cId\":\"%s\"}".formatted(user));
    service.runOffPeak();

    JsonNode outcome =
        service
            .get(service.jobsPath() + "/" + jobId + "/conversations")
            .body()
            .path("conversations")
            .path(0);
    assertThat(outcome.path("conversationId").asText()).isEqualTo("a b/#ä");
    assertThat(outcome.path("outcome").asText()).isEqualTo("failed");
    assertThat(outcome.path("reason").asText())
        .as("the stack has a bucket")
        .isEqualTo("id_unusable");
  }

  @Test
  void skipsWhatIsNotThereAndWhatIsAnotherBots() {
    List<String> own = service.seed(service.bot, newUser(), 1, TWO_DAYS_AGO);
    List<String> foreign = service.seed(service.neighbourBot, newUser(), 1, TWO_DAYS_AGO);
    Census before = service.census();

    String jobId = accepted(listing(own.getFirst(), foreign.getFirst(), "nobody-knows-me"));
    service.runOffPeak();

    JsonNode job = service.job(jobId).body();
    assertThat(job.path("status").asText()).isEqualTo("completed");
    assertResult(job, 3, 1, 12, 2);
    assertExactlyGone(before, service.bot, own);
  }

  @Test
  void acceptsAnUnknownChannelUserAndCompletesWithZeros() {
    String jobId = accepted("{\"cId\":\"%s\"}".formatted(newUser()));

    service.runOffPeak();

    JsonNode job = service.job(jobId).body();
    assertThat(job.path("status").asText()).isEqualTo("completed");
    assertResult(job, 0, 0, 0, 0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                  | body: malformed_json",
        "[]                                                 | body: invalid_type",
        "{\"cId\":\"u-1\",\"cId\":\"u-2\"}                  | cId: duplicate_key",
        "{}                                                 | body: missing_target",
        "{\"cId\":\"u-1\",\"conversationIds\":[\"c-1\"]}    | cId: ambiguous_target",
        "{\"cId\":\"u-1\",\"startDate\":\"4 May 2026\"}     | startDate: invalid_date",
        "{\"cId\":\"u-1\",\"endDate\":\"2999-01-01\"}       | endDate: future_end_date",
        "{\"cId\":\"u-1\",\"startDat\":\"2026-05-04\"}      | startDat: unknown_field",
        "{\"cId\":42}                                       | cId: invalid_type",
        "{\"cId\":\"u 1\"}                                  | cId: invalid_id",
        "{\"conversationIds\":[]}                           | conversationIds: no_ids",
        "{\"cId\":\"u-1\",\"reference\":\"a\\u202Eb\"}        | reference: invalid_reference",
        "{\"conversationIds\":[\"c-1\",\"c#2\"]}            | conversationIds[1]: invalid_id",
        "{\"cId\":\"u-1\",\"startDate\":\"2026-05-05\",\"endDate\":\"2026-05-04\"} | startDate: start_after_end"
      })
  void refusesABadRequestAndSaysWhatIsWrong(String body, String fault) {
    Reply reply = service.submit(body);

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.body().path("status").asInt()).isEqualTo(400);
    assertThat(reply.body().path("instance").asText()).isNotEmpty();
    assertThat(reply.faults()).containsExactly(fault);
  }

  @Test
  void listsEveryFaultAtOnce() {
    Reply reply =
        service.submit(
            "{\"cId\":\"u 1\",\"startDate\":\"never\",\"endDate\":\"2999-01-01\",\"colour\":1}");

    assertThat(reply.faults())
        .containsExactlyInAnyOrder(
            "cId: invalid_id",
            "startDate: invalid_date",
            "endDate: future_end_date",
            "colour: unknown_field");
  }

  @Test
  void refusesMoreThanAHundredConversations() {
    String ids =
        IntStream.rangeClosed(1, 101)
            .mapToObj(i -> "\"c-" + i + "\"")
            .collect(Collectors.joining(","));

    Reply reply = service.submit("{\"conversationIds\":[" + ids + "]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.faults()).containsExactly("conversationIds: too_many_ids");
  }

  @Test
  void refusesABodyThatIsTooLargeOrNotJson() {
    Reply tooLarge = service.submit("{\"cId\":\"" + "x".repeat(256 * 1024) + "\"}");
    Reply notJson =
        service.send(
            java.net.http.HttpRequest.newBuilder(
                    java.net.URI.create(service.aws.baseUrl() + service.jobsPath()))
                .header("auth", service.app.token(Duration.ofMinutes(5)))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"cId\":\"u-1\"}")));

    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(notJson.status()).isEqualTo(415);
  }

  @Test
  void refusesWhoeverHasNoValidToken() {
    String otherSecret =
        new ClientApp(service.app.appId(), ClientApp.withNewSecret("x").secret())
            .token(Duration.ofMinutes(5));

    assertThat(service.send(service.request(service.changeLogPath()).GET()).status())
        .isEqualTo(401);
    for (String token : List.of("none", otherSecret, service.app.token(Duration.ofMinutes(-5)))) {
      Reply reply =
          service.send(service.request(service.changeLogPath()).header("auth", token).GET());
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void refusesAClientAppWithoutTheScopeOrTheBot() {
    ClientApp reader = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    service
        .aws
        .registrations()
        .register(reader, "Reader", Map.of(service.bot, Set.of(Service.LOGS_HISTORY)));
    String token = reader.token(Duration.ofMinutes(5));

    Reply logs = service.send(service.request(service.changeLogPath()).header("auth", token).GET());
    Reply submission =
        service.send(
            service
                .request(service.jobsPath())
                .header("auth", token)
                .POST(BodyPublishers.ofString("{\"cId\":\"u-1\"}")));
    Reply foreign = service.get("/api/public/bot/" + service.neighbourBot + "/changelogs");
    Reply unknown = service.get("/api/public/bot/st-unknown/changelogs");

    assertThat(logs.status()).isEqualTo(200);
    assertThat(submission.status()).isEqualTo(403);
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(unknown.status()).isEqualTo(403);
  }

  @Test
  void answersAForeignJobAsOneThatDoesNotExist() {
    ClientApp neighbour = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    service
        .aws
        .registrations()
        .register(
            neighbour,
            "Neighbour",
            Map.of(service.neighbourBot, Set.of(Service.DELETE_CONVERSATIONS)));
    String jobId = accepted(listing("c-1"));
    String path = "/api/public/bot/" + service.neighbourBot + "/conversations/delete/";
    String token = neighbour.token(Duration.ofMinutes(5));

    Reply foreign = service.send(service.request(path + jobId).header("auth", token).GET());
    Reply absent =
        service.send(
            service.request(path + "cdj-" + UUID.randomUUID()).header("auth", token).GET());

    assertThat(foreign.status()).isEqualTo(404);
    assertThat(withoutInstance(foreign)).isEqualTo(withoutInstance(absent));
    assertThat(service.job("not-a-job").status()).isEqualTo(404);
    service.runOffPeak();
  }

  @Test
  void answersAnUnknownRouteOrMethodWith404() {
    Reply route = service.get("/api/public/bot/" + service.bot + "/conversations");
    Reply method =
        service.send(
            service
                .request(service.changeLogPath())
                .header("auth", service.app.token(Duration.ofMinutes(5)))
                .DELETE());

    assertThat(route.status()).isEqualTo(404);
    assertThat(method.status()).isEqualTo(404);
    assertThat(route.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void pagesThroughTheChangeLogNewestFirst() {
    List<String> jobs =
        IntStream.rangeClosed(1, 3).mapToObj(i -> accepted(listing("paged-" + i))).toList();

    JsonNode newest = service.get(service.changeLogPath() + "?limit=1").body();
    JsonNode second = service.get(service.changeLogPath() + "?limit=1&offset=1").body();

    assertThat(newest).hasSize(1);
    JsonNode entry = newest.path(0);
    assertThat(entry.propertyStream().map(Map.Entry::getKey))
        .containsExactly(
            "_id", "userId", "streamId", "resourceId", "resourceType", "message", "createdOn");
    assertThat(entry.path("resourceId").asText()).isEqualTo(jobs.get(2));
    assertThat(entry.path("streamId").asText()).isEqualTo(service.bot);
    assertThat(second.path(0).path("resourceId").asText()).isEqualTo(jobs.get(1));
    assertThat(service.get(service.changeLogPath() + "?limit=51").status()).isEqualTo(400);
    assertThat(service.get(service.changeLogPath() + "?offset=10000").status()).isEqualTo(400);
    service.runOffPeak();
  }

  private static String newUser() {
    return "u-" + UUID.randomUUID();
  }

  private static String listing(String... ids) {
    return "{\"conversationIds\":[\"" + String.join("\",\"", ids) + "\"]}";
  }

  private static String accepted(String body) {
    Reply reply = service.submit(body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    return reply.body().path("jobId").asText();
  }

  private static void assertResult(JsonNode job, int total, int deleted, int records, int skipped) {
    JsonNode result = job.path("result");
    assertThat(result.path("totalConversations").asInt()).isEqualTo(total);
    assertThat(result.path("processedCount").asInt()).isEqualTo(total);
    assertThat(result.path("deletedConversations").asInt()).isEqualTo(deleted);
    assertThat(result.path("deletedCount").asInt()).isEqualTo(records);
    assertThat(result.path("skippedCount").asInt()).isEqualTo(skipped);
    assertThat(result.path("failedCount").asInt()).isZero();
  }

  private static void assertExactlyGone(Census before, String bot, List<String> conversations) {
    CensusComparison comparison =
        before.compare(service.census(), conversations.stream().map(id -> bot + "#" + id).toList());
    assertThat(comparison.isExact()).as(comparison.report()).isTrue();
  }

  private static List<String> messagesOfChangeLog(String jobId) {
    return service
        .get(service.changeLogPath())
        .body()
        .valueStream()
        .filter(entry -> entry.path("resourceId").asText().equals(jobId))
        .map(entry -> entry.path("message").asText())
        .toList();
  }

  private static List<Mail> mailsAbout(String jobId) {
    return service.aws.mails().stream().filter(mail -> mail.subject().contains(jobId)).toList();
  }

  private static String withoutInstance(Reply reply) {
    return reply.text().replace(reply.body().path("instance").asText(), "");
  }
}
