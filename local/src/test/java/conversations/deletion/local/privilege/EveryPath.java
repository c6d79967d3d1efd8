package conversations.deletion.local.privilege;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import conversations.deletion.adapter.s3.AttachmentPrefix;
import conversations.deletion.client.registration.Bot;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.sample.SampleWriter;
import conversations.deletion.client.sample.SeedRequest;
import conversations.deletion.local.embedded.SesFailure;
import conversations.deletion.local.sample.SampleAttachments;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes each function do all that it ever does, through the API and by the schedule. Where hours
 * would have to pass, what is stored of a job is changed instead.
 */
final class EveryPath {

  private static final Instant TWO_DAYS_AGO =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(36));
  private static final String PAST = "2020-01-01T00:00:00.000Z";

  private final ObservedService service;
  private final SampleWriter seeder;
  private final SampleAttachments attachments;
  private final String bot = "st-" + UUID.randomUUID();
  private final String botWithoutOwner = "st-" + UUID.randomUUID();
  private final Caller caller;
  private final Caller callerWithKeyPair;
  private final Caller callerOfOther;

  EveryPath(ObservedService service) {
    this.service = service;
    this.seeder =
        new SampleWriter(
            service.clients().dynamoDb(),
            table("ConversationRecordsTable"),
            table("ChannelUsersTable"),
            InstantSource.system(),
            1);
    this.attachments =
        new SampleAttachments(
            service.clients().s3(),
            service.template().attachmentsBucket().orElseThrow(),
            new AttachmentPrefix(service.template().parameter("AttachmentsPrefix")));
    Instant created = Instant.parse("2024-01-01T00:00:00.000Z");
    service
        .registrations()
        .register(new Bot(bot, "Parcel bot", "Sam", "owner@bots.example", created, 2556));
    put("BotsTable", Map.of("botId", s(botWithoutOwner), "createdAt", s(created.toString())));
    ClientApp app = ClientApp.withNewSecret("app-" + UUID.randomUUID()).whoseTokensAreGoodOnce();
    ClientApp appWithKeyPair = ClientApp.withNewKey("app-" + UUID.randomUUID(), JWSAlgorithm.ES256);
    register(app);
    register(appWithKeyPair);
    caller = new Caller(service.baseUrl(), bot, app);
    callerWithKeyPair = new Caller(service.baseUrl(), bot, appWithKeyPair);
    callerOfOther = new Caller(service.baseUrl(), botWithoutOwner, app);
  }

  void walk() {
    // The first run starts cold, on which a busy machine may spend the time of its first calls.
    await().atMost(Duration.ofMinutes(3)).untilAsserted(service::tick);
    noticeThatIsSent();
    String listed = listedConversations();
    String ofUser = conversationsOfAChannelUser();
    tooManyOpenJobs();
    cancelledBeforeItBegan();
    messagesOfOthers();
    lostMessage();
    previewed();
    previewThatFails();
    held();
    stillOpenTakenOverAndCancelled();
    ownerOutOfReach();
    unreadable();
    forgotten(listed);
    forgotten(ofUser);
    manyEmails(ofUser);
  }

  /** It fails first, and then finds the job cancelled. */
  private void noticeThatIsSent() {
    String job = caller.submit(listing(List.of("another")));
    service.ses().ifPresent(ses -> ses.failNext(SesFailure.THROTTLING, 1));
    await().atMost(Duration.ofMinutes(3)).untilAsserted(service::keepHouse);
    caller.cancel(job, 202);
    String other = caller.submit(listing(List.of("another")));
    assertThat(service.keepHouse()).contains("\"ownerNoticesSent\":1");
    caller.cancel(other, 202);
    service.tick();
  }

  /** Submission, its repetition, all that can be asked about a job, and its deletion. */
  private String listedConversations() {
    List<String> conversations = seed(2, TWO_DAYS_AGO);
    attachments.seed(bot, conversations, 4);
    String body = listing(conversations);
    String job = caller.submit(body, "key-1", 202).path("jobId").asText();
    assertThat(caller.submit(body, "key-1", 202).path("jobId").asText()).isEqualTo(job);
    caller.submit(listing(List.of("another")), "key-1", 422);
    assertThat(status(job)).isEqualTo("queued");
    assertThat(callerWithKeyPair.job(job)).isEqualTo(caller.job(job));

    service.tick();

    assertThat(status(job)).isEqualTo("completed");
    caller.submit(listing(List.of("another")));
    pages("conversations/delete?limit=1");
    pages("conversations/delete/%s/conversations?limit=1".formatted(job));
    assertThat(caller.get("changelogs?limit=1&offset=1")).hasSize(1);
    return job;
  }

  private void pages(String path) {
    JsonNode first = caller.get(path);
    assertThat(first.has("nextToken")).isTrue();
    caller.get(path + "&nextToken=" + first.path("nextToken").asText());
  }

  /** A preview, its repetition, all that can be asked about it, a job of it, and its expiry. */
  private void previewed() {
    String user = "u-" + UUID.randomUUID();
    attachments.seed(bot, seeder.seed(new SeedRequest(bot, user, 2, 12, TWO_DAYS_AGO)), 2);
    String body = "{\"cId\":\"%s\"}".formatted(user);
    String preview = caller.preview(body, "preview-1", 202).path("previewId").asText();
    assertThat(caller.preview(body, "preview-1", 202).path("previewId").asText())
        .isEqualTo(preview);
    caller.preview(listing(List.of("another")), "preview-1", 422);

    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> workOnToTheEnd(preview));

    pages(path(preview) + "/conversations?limit=1");
    String job = caller.submit("{\"previewId\":\"%s\"}".formatted(preview));
    service.tick();
    assertThat(status(job)).isEqualTo("completed");
    setOfPreview(preview, Map.of("sweepAt", PAST));
    assertThat(service.keepHouse()).contains("\"previewsForgotten\":1");
  }

  /** Holds, the job and the preview that meet them, and a release whose caller died. */
  private void held() {
    String user = "u-" + UUID.randomUUID();
    List<String> conversations = seeder.seed(new SeedRequest(bot, user, 1, 12, TWO_DAYS_AGO));
    String body = listing(conversations).replaceFirst("}$", ",\"reason\":\"An inquiry\"}");
    caller.hold("h-1", body, 201);
    caller.hold("h-1", body, 200);
    caller.hold("h-2", "{\"cId\":\"%s\",\"reason\":\"A claim\"}".formatted(user), 201);
    String job = caller.submit(listing(conversations));
    service.tick();
    assertThat(status(job)).isEqualTo("on_hold");
    assertThat(service.keepHouse()).contains("\"ownerNoticesSent\":1");
    assertThat(caller.get("conversations/holds/h-1").path("waitingJobs")).hasSize(1);
    pages("conversations/holds?limit=1");
    String preview =
        caller.preview(listing(conversations), "preview-2", 202).path("previewId").asText();
    await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> workOnToTheEnd(preview));

    caller.release("h-1");
    set(
        table("HoldsTable"),
        Map.of("holdKey", s(bot), "itemKey", s("hold#h-2")),
        Map.of(
            "releasedAt", PAST,
            "releasedBy", "tests",
            "holdsUntil", PAST,
            "openGroup", "holds",
            "sweepAt", PAST));
    assertThat(service.keepHouse()).contains("\"holdsSwept\":1");
    caller.cancel(job, 202);
    service.tick();
    assertThat(status(job)).isEqualTo("cancelled");
  }

  private void workOnToTheEnd(String preview) {
    workOn(preview);
    assertThat(caller.get(path(preview)).path("status").asText()).isEqualTo("completed");
  }

  /** Its message is lost, and then its list: it is tried again later. */
  private void previewThatFails() {
    String preview =
        caller
            .preview(listing(List.of("another")), UUID.randomUUID().toString(), 202)
            .path("previewId")
            .asText();
    setOfPreview(preview, Map.of("sweepAt", PAST));
    assertThat(service.keepHouse()).contains("\"previewsSwept\":1");
    service
        .clients()
        .dynamoDb()
        .deleteItem(
            request ->
                request
                    .tableName(table("DeletionPreviewConversationsTable"))
                    .key(Map.of("previewId", s(preview), "chunk", AttributeValue.fromN("0"))));
    workOn(preview);
    assertThat(caller.get(path(preview)).path("status").asText()).isEqualTo("queued");
  }

  private void workOn(String preview) {
    service.feed("{\"botId\":\"%s\",\"previewId\":\"%s\"}".formatted(bot, preview));
  }

  private static String path(String preview) {
    return "conversations/deletion-previews/" + preview;
  }

  /** DynamoDB is so slow that the lease has to be renewed and the message kept from others. */
  private String conversationsOfAChannelUser() {
    String user = "u-" + UUID.randomUUID();
    seeder.seed(new SeedRequest(bot, user, 3, 12, TWO_DAYS_AGO));
    String job = caller.submit("{\"cId\":\"%s\"}".formatted(user));

    service.slowDown(Duration.ofSeconds(1));
    service.tick();
    service.slowDown(Duration.ZERO);

    assertThat(status(job)).isEqualTo("completed");
    return job;
  }

  /** A request that was accepted before is accepted again all the same. */
  private void tooManyOpenJobs() {
    String body = listing(List.of("another"));
    caller.submit(body, "open-1", 202);
    caller.submit(body, "open-2", 202);
    caller.submit(body, "open-3", 202);
    caller.submit(body, "open-4", 429);
    caller.submit(body, "open-3", 202);
    service.tick();
  }

  /** The owner gets so many e-mails that the last of them are to list what was held back. */
  private void manyEmails(String job) {
    Map<String, String> untold =
        Map.of(
            "notificationStatus",
            "pending",
            "openGroup",
            "open",
            "openBotId",
            bot,
            "sweepAt",
            PAST);
    for (int i = 0; i < 20 && notification(job).equals("sent"); i++) {
      set(job, untold);
      service.tick();
    }
    assertThat(notification(job)).isEqualTo("pending");
  }

  private void cancelledBeforeItBegan() {
    String job = caller.submit(listing(seed(1, TWO_DAYS_AGO)));
    caller.cancel(job, 202);
    assertThat(status(job)).isEqualTo("cancelled");
    caller.cancel(job, 409);
    service.tick();
  }

  private void messagesOfOthers() {
    String unknown = "{\"botId\":\"%s\",\"jobId\":\"cdj-%s\"}".formatted(bot, UUID.randomUUID());
    for (String message : List.of("not ours", unknown)) {
      service
          .clients()
          .sqs()
          .sendMessage(
              request -> request.queueUrl(service.queueUrl("DeletionQueue")).messageBody(message));
    }
    assertThat(service.tick()).contains("\"messagesRejected\":2");
  }

  private void lostMessage() {
    String job = caller.submit(listing(seed(1, TWO_DAYS_AGO)));
    service
        .clients()
        .sqs()
        .purgeQueue(request -> request.queueUrl(service.queueUrl("DeletionQueue")));
    set(job, Map.of("sweepAt", PAST));
    assertThat(service.tick()).contains("\"jobsSwept\":1");
    assertThat(status(job)).isEqualTo("completed");
  }

  /** A conversation that is still open keeps the job from ending, through several runs. */
  private void stillOpenTakenOverAndCancelled() {
    String job = caller.submit(listing(seed(1, Instant.now().minus(Duration.ofMinutes(1)))));
    service.tick();
    assertThat(status(job)).isEqualTo("queued");

    set(job, Map.of("scheduledAt", PAST, "sweepAt", PAST));
    service.tick();
    assertThat(status(job)).isEqualTo("queued");

    // As a worker leaves it that was killed.
    Map<String, String> killed = Map.of("status", "in_progress", "leaseUntil", PAST);
    set(job, killed);
    set(job, Map.of("scheduledAt", PAST, "sweepAt", PAST));
    service.tick();
    assertThat(status(job)).isEqualTo("queued");

    caller.cancel(job, 202);
    service.tick();
    assertThat(status(job)).isEqualTo("cancelled");
  }

  private void ownerOutOfReach() {
    String failed = caller.submit(listing(seed(1, TWO_DAYS_AGO)));
    service.ses().ifPresent(ses -> ses.failNext(SesFailure.THROTTLING, 1));
    service.tick();
    set(failed, Map.of("sweepAt", PAST));
    service.tick();
    assertThat(notification(failed)).isEqualTo("sent");

    String refused = caller.submit(listing(seed(1, TWO_DAYS_AGO)));
    service.ses().ifPresent(ses -> ses.failNext(SesFailure.MESSAGE_REJECTED, 1));
    service.tick();
    assertThat(notification(refused))
        .isEqualTo(service.ses().isPresent() ? "undeliverable" : "sent");

    String ownerless = callerOfOther.submit(listing(List.of("nobody-knows-me")));
    service.tick();
    assertThat(callerOfOther.job(ownerless).path("notification").path("status").asText())
        .isEqualTo("undeliverable");
  }

  /** A run meets what it can't read, and gives the job back. */
  private void unreadable() {
    String job = caller.submit(listing(seed(1, TWO_DAYS_AGO)));
    service
        .clients()
        .dynamoDb()
        .updateItem(
            request ->
                request
                    .tableName(table("DeletionJobConversationsTable"))
                    .key(Map.of("jobId", s(job), "chunk", AttributeValue.fromN("1")))
                    .updateExpression("SET conversations[0].outcome = :value")
                    .expressionAttributeValues(Map.of(":value", s("a later version's"))));
    assertThat(service.tick()).contains("\"jobsInterrupted\":1");
  }

  /** It ended long ago. */
  private void forgotten(String job) {
    set(job, Map.of("sweepAt", PAST));
    service.tick();
    assertThat(
            caller
                .get("conversations/delete/%s/conversations".formatted(job))
                .path("conversations"))
        .isEmpty();
  }

  private String status(String job) {
    return caller.job(job).path("status").asText();
  }

  private String notification(String job) {
    return caller.job(job).path("notification").path("status").asText();
  }

  private List<String> seed(int conversations, Instant startedAt) {
    return seeder.seed(
        new SeedRequest(bot, "u-" + UUID.randomUUID(), conversations, 12, startedAt));
  }

  private static String listing(List<String> ids) {
    return "{\"conversationIds\":[\"%s\"]}".formatted(String.join("\",\"", ids));
  }

  private void register(ClientApp app) {
    Set<String> scopes = Set.of("Delete Conversations", "Hold Conversations", "Logs History");
    service.registrations().register(app, "Tests", Map.of(bot, scopes, botWithoutOwner, scopes));
  }

  private void put(String logicalId, Map<String, AttributeValue> item) {
    service.clients().dynamoDb().putItem(request -> request.tableName(table(logicalId)).item(item));
  }

  private void set(String job, Map<String, String> attributes) {
    set(table("DeletionJobsTable"), Map.of("botId", s(bot), "jobId", s(job)), attributes);
  }

  private void setOfPreview(String preview, Map<String, String> attributes) {
    set(
        table("DeletionPreviewsTable"),
        Map.of("botId", s(bot), "previewId", s(preview)),
        attributes);
  }

  private void set(String table, Map<String, AttributeValue> key, Map<String, String> attributes) {
    String expression =
        attributes.keySet().stream()
            .map(name -> "#%1$s = :%1$s".formatted(name))
            .collect(Collectors.joining(", ", "SET ", ""));
    HashMap<String, String> names = new HashMap<String, String>();
    HashMap<String, AttributeValue> values = new HashMap<String, AttributeValue>();
    attributes.forEach(
        (name, value) -> {
          names.put("#" + name, name);
          values.put(":" + name, s(value));
        });
    service
        .clients()
        .dynamoDb()
        .updateItem(
            request ->
                request
                    .tableName(table)
                    .key(key)
                    .updateExpression(expression)
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values));
  }

  private String table(String logicalId) {
    return service.template().tableName(logicalId);
  }

  private static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }
}
