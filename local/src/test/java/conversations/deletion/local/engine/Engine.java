package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbBots;
import conversations.deletion.adapter.dynamodb.DynamoDbChangeLog;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationRecords;
import conversations.deletion.adapter.dynamodb.DynamoDbCreationDates;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbJobCancellations;
import conversations.deletion.adapter.dynamodb.DynamoDbJobChunks;
import conversations.deletion.adapter.dynamodb.DynamoDbJobLeases;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSubmissions;
import conversations.deletion.adapter.ses.SesOwnerMail;
import conversations.deletion.adapter.sqs.SqsJobMessages;
import conversations.deletion.adapter.sqs.SqsJobQueue;
import conversations.deletion.application.CancelDeletionJob;
import conversations.deletion.application.CancelDeletionJob.Cancellation;
import conversations.deletion.application.EngineSettings;
import conversations.deletion.application.RunOffPeakDeletions;
import conversations.deletion.application.RunOffPeakDeletions.RunSummary;
import conversations.deletion.application.SubmitDeletionJob;
import conversations.deletion.application.SubmitDeletionJob.Accepted;
import conversations.deletion.application.SubmitDeletionJob.Outcome;
import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.OwnerMail;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.LocalOptions;
import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.aws.Provisioning;
import conversations.deletion.local.aws.SdkSettings;
import conversations.deletion.local.embedded.EmbeddedServices;
import conversations.deletion.local.sample.Census;
import conversations.deletion.local.template.Account;
import conversations.deletion.local.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The off-peak engine with its real adapters, on tables and a queue of its own on the chosen peer,
 * and with the time in the test's hands.
 */
final class Engine implements AutoCloseable {

  static final Duration LEASE_TERM = Duration.ofSeconds(60);
  static final Duration DELETE_RESERVE = Duration.ofSeconds(8);
  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration SWEEP_GRACE = Duration.ofMinutes(15);
  static final Duration RETENTION = Duration.ofDays(90);
  static final Duration DETAIL_RETENTION = Duration.ofDays(30);
  static final Duration FUNCTION_TIME = Duration.ofMinutes(15);
  private static final String REGION = "eu-central-1";
  private static final String SENDER = "deletions@platform.example";
  static final ClientAppId CLIENT_APP = new ClientAppId("engine-tests");

  private final Instant start = Timestamps.toMillis(Instant.now());
  final TestTime time = new TestTime(start);
  final FaultyHttpClient network = new FaultyHttpClient(UrlConnectionHttpClient.builder().build());
  final Interception interception = new Interception();
  final List<OwnerMail.Email> mails = new ArrayList<>();
  BotId bot;
  final ChannelUserId user = new ChannelUserId("u-" + UUID.randomUUID());

  OffPeakWindow window = new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC);
  OwnerMail mail = mails::add;
  int deleteConcurrency = 4;
  Duration functionTime = FUNCTION_TIME;
  ConversationRecords records;

  private final Optional<EmbeddedServices> embedded;
  private final Endpoints endpoints;
  private final AwsClients clients;
  private final WorkerClients worker;
  private final Provisioning provisioning;
  private final Template template;
  private final DynamoDbClient dynamoDb;
  private int nextConversation;

  Engine() {
    LocalOptions options = AwsPeer.options();
    this.embedded = options.embedded();
    this.endpoints = embedded.map(EmbeddedServices::endpoints).or(options::endpoints).orElseThrow();
    this.clients = AwsClients.of(endpoints, REGION);
    this.worker = WorkerClients.over(network, endpoints, REGION);
    this.dynamoDb = clients.dynamoDb();
    this.provisioning = new Provisioning(clients);
    this.template =
        Template.read(
            options.template(),
            options.parameters(),
            new Account(provisioning.accountId(), REGION, options.stackName()),
            provisioning::queueUrl);
    provisioning.create(template);
    this.records =
        new DynamoDbConversationRecords(
            worker.dynamoDb(),
            worker.singleAttemptDynamoDb(),
            table("ConversationRecordsTable"),
            new AwsOutages());
    anotherBot();
  }

  /** Goes on with a bot of its own, of which nothing is known yet, and an empty queue. */
  void anotherBot() {
    bot = new BotId("st-" + UUID.randomUUID());
    time.setWallClock(start);
    mails.clear();
    loseMessages();
    dynamoDb.putItem(
        request ->
            request
                .tableName(table("BotsTable"))
                .item(
                    Map.of(
                        "botId", s(bot.value()),
                        "name", s("Test bot"),
                        "ownerEmail", s("owner@bots.example"),
                        "createdAt", s("2020-01-01T00:00:00.000Z"))));
  }

  /** Seeds a conversation that has been idle for long; returns its id. */
  ConversationId conversation(int recordCount) {
    return conversation(user, time.instant().minus(Duration.ofDays(1)), recordCount);
  }

  ConversationId conversation(ChannelUserId of, Instant startedAt, int recordCount) {
    ConversationId id =
        new ConversationId("%024x".formatted(0x69eb0000000000L + ++nextConversation));
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    items.add(header(id, of, startedAt));
    IntStream.range(1, recordCount)
        .forEach(i -> items.add(message(id, startedAt.plusSeconds(i % 60), i)));
    put(items);
    return id;
  }

  /** A writer appends a record to a conversation. */
  void append(ConversationId id, String recordKey, Instant createdAt) {
    Map<String, AttributeValue> item = new HashMap<>(message(id, createdAt, 0));
    item.put("recordKey", s(recordKey));
    put(List.of(item));
  }

  private void put(List<Map<String, AttributeValue>> items) {
    write(
        items.stream()
            .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
            .toList());
  }

  private void write(List<WriteRequest> writes) {
    for (int from = 0; from < writes.size(); from += ConversationRecords.MAX_BATCH) {
      List<WriteRequest> batch =
          writes.subList(from, Math.min(writes.size(), from + ConversationRecords.MAX_BATCH));
      dynamoDb.batchWriteItem(
          request -> request.requestItems(Map.of(table("ConversationRecordsTable"), batch)));
    }
  }

  private Map<String, AttributeValue> header(ConversationId id, ChannelUserId of, Instant start) {
    Map<String, AttributeValue> item = new HashMap<>(record(id, "SESSION", "SESSION", start));
    item.put("cId", s(of.value()));
    item.put("startedAt", s(Timestamps.format(start)));
    item.put("channelUserKey", s(bot + "#" + of));
    return item;
  }

  private Map<String, AttributeValue> message(ConversationId id, Instant createdAt, int number) {
    String key = "%s#%s#%05d".formatted(number % 2 == 0 ? "MESSAGE" : "TAG", createdAt, number);
    return record(id, key, number % 2 == 0 ? "MESSAGE" : "TAG", createdAt);
  }

  private Map<String, AttributeValue> record(
      ConversationId id, String recordKey, String recordType, Instant createdAt) {
    return Map.of(
        "conversationKey", s(bot + "#" + id),
        "recordKey", s(recordKey),
        "botId", s(bot.value()),
        "conversationId", s(id.value()),
        "recordType", s(recordType),
        "createdAt", s(Timestamps.format(createdAt)),
        "text", s("record " + recordKey));
  }

  DeletionJob submit(ConversationId... conversations) {
    return submit(new ByConversations(List.of(conversations)));
  }

  /** Asks for all conversations of the channel user up to now. */
  DeletionJob submitUser() {
    return submitUser(Optional.empty(), Optional.empty());
  }

  DeletionJob submitUser(Optional<Instant> start, Optional<Instant> end) {
    return submit(new ByChannelUser(user, start, end));
  }

  private DeletionJob submit(DeletionRequest request) {
    return ((Accepted) submit(request, Optional.empty())).job();
  }

  Outcome submit(DeletionRequest request, Optional<IdempotencyKey> key) {
    return submission()
        .submit(
            new SubmitDeletionJob.Submission(
                bot, CLIENT_APP, key, UUID.randomUUID().toString(), request, time.instant()));
  }

  Cancellation cancel(DeletionJob job) {
    return new CancelDeletionJob(
            new DynamoDbDeletionJobs(dynamoDb, table("DeletionJobsTable")),
            new DynamoDbJobCancellations(
                dynamoDb, table("DeletionJobsTable"), table("ChangeLogTable")),
            time)
        .cancel(job.bot(), job.id(), CLIENT_APP);
  }

  private SubmitDeletionJob submission() {
    return new SubmitDeletionJob(
        new DynamoDbJobSubmissions(
            dynamoDb,
            table("DeletionJobsTable"),
            table("DeletionJobConversationsTable"),
            table("ChangeLogTable")),
        queue(),
        new DynamoDbCreationDates(dynamoDb, table("BotsTable"), table("ChannelUsersTable")),
        window,
        SWEEP_GRACE,
        new SilentLog());
  }

  SqsJobQueue queue() {
    return new SqsJobQueue(clients.sqs(), queueUrl("DeletionQueue"));
  }

  /** The e-mail service, behind the same network as all else. */
  OwnerMail emailService() {
    clients.ses().verifyEmailIdentity(request -> request.emailAddress(SENDER));
    return new SesOwnerMail(worker.ses(), SENDER);
  }

  /** One run of the scheduled function, by a worker of its own. */
  RunSummary run() {
    return run(functionTime);
  }

  RunSummary run(Duration functionTime) {
    return runner().run(functionTime);
  }

  JobLeases leases() {
    return new DynamoDbJobLeases(
        worker.dynamoDb(),
        table("DeletionJobsTable"),
        table("ChangeLogTable"),
        RETENTION,
        DETAIL_RETENTION,
        new SilentLog());
  }

  JobChunks jobChunks() {
    return new DynamoDbJobChunks(
        worker.dynamoDb(), table("DeletionJobConversationsTable"), RETENTION, time);
  }

  private RunOffPeakDeletions runner() {
    return new RunOffPeakDeletions(
        interception.of(JobLeases.class, leases()),
        interception.of(JobChunks.class, jobChunks()),
        interception.of(JobQueue.class, new SqsJobQueue(worker.sqs(), queueUrl("DeletionQueue"))),
        interception.of(
            JobMessages.class,
            new SqsJobMessages(
                worker.sqs(),
                queueUrl("DeletionQueue"),
                queueUrl("DeletionDeadLetterQueue"),
                Duration.ZERO)),
        interception.of(ConversationRecords.class, records),
        interception.of(Bots.class, new DynamoDbBots(worker.dynamoDb(), table("BotsTable"))),
        interception.of(OwnerMail.class, mail),
        window,
        new EngineSettings(
            LEASE_TERM,
            DELETE_RESERVE,
            Duration.ofSeconds(60),
            IDLE,
            Duration.ofMinutes(2),
            SWEEP_GRACE,
            deleteConcurrency,
            deleteConcurrency,
            3,
            10),
        time,
        time,
        attempt -> Duration.ofMillis(attempt),
        time,
        new SilentLog());
  }

  /** Runs until the job is closed, as the schedule would, each time when something is due. */
  DeletionJob runUntilClosed(DeletionJob job) {
    for (int runs = 0; runs < 40 && !state(job).isClosed(); runs++) {
      try {
        run();
      } catch (Killed | SdkException _) {
        // The next run begins as the schedule ticks.
      }
      nextSweep(job).ifPresent(time::advanceTo);
      time.advance(Duration.ofSeconds(1));
      showMessages();
    }
    DeletionJob closed = find(job);
    assertThat(closed.state().isClosed()).as("the job has ended: %s", closed).isTrue();
    return closed;
  }

  DeletionJob find(DeletionJob job) {
    return new DynamoDbDeletionJobs(dynamoDb, table("DeletionJobsTable"))
        .find(job.bot(), job.id())
        .orElseThrow();
  }

  JobState state(DeletionJob job) {
    return find(job).state();
  }

  Counts counts(DeletionJob job) {
    return state(job).counts();
  }

  List<Chunk> chunks(DeletionJob job) {
    List<Chunk> chunks = new ArrayList<>();
    new DynamoDbJobChunks(dynamoDb, table("DeletionJobConversationsTable"), RETENTION, time)
        .forEach(new LeasedJob(job, Long.MAX_VALUE), chunks::add);
    return chunks;
  }

  JobConversation outcome(DeletionJob job, ConversationId conversation) {
    return chunks(job).stream()
        .flatMap(chunk -> chunk.conversations().stream())
        .filter(one -> one.conversation().equals(conversation))
        .findFirst()
        .orElseThrow();
  }

  /** A window that is open in the hour of the day of this moment, in UTC. */
  static OffPeakWindow hourOf(Instant moment) {
    int hour = moment.atOffset(ZoneOffset.UTC).getHour();
    return new OffPeakWindow(OffPeakHours.parse(Integer.toString(hour)), ZoneOffset.UTC);
  }

  List<String> changeLog() {
    return new DynamoDbChangeLog(dynamoDb, table("ChangeLogTable"))
        .list(bot, Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"), 0, 50).stream()
            .map(ChangeLogEntry::message)
            .toList();
  }

  /** When a sweep looks at the job next; absent once it is closed. */
  private Optional<Instant> nextSweep(DeletionJob job) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(
                request ->
                    request
                        .tableName(table("DeletionJobsTable"))
                        .key(Map.of("botId", s(bot.value()), "jobId", s(job.id().value()))))
            .item();
    return item.get("openGroup").s().equals("open")
        ? Optional.of(Instant.parse(item.get("sweepAt").s()))
        : Optional.empty();
  }

  /** What the off-peak function finds in its environment, as a process of its own. */
  Map<String, String> offPeakEnvironment() {
    Map<String, String> environment =
        new HashMap<>(template.function("OffPeakFunction").environment());
    environment.putAll(SdkSettings.environment(endpoints, REGION));
    environment.put("OFF_PEAK_HOURS", "*");
    return environment;
  }

  /** How many mails about the job the embedded e-mail service has taken. */
  int deliveredMails(DeletionJob job) {
    return Math.toIntExact(
        embedded.orElseThrow().ses().mails().stream()
            .filter(mail -> mail.text().contains(job.id().value()))
            .count());
  }

  /** Drops all records, of whichever bot. */
  void dropRecords() {
    List<WriteRequest> deletes =
        itemsOf("ConversationRecordsTable").stream()
            .map(
                item ->
                    Map.of(
                        "conversationKey", item.get("conversationKey"),
                        "recordKey", item.get("recordKey")))
            .map(key -> WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build())
            .toList();
    write(deletes);
  }

  Census census() {
    return Census.take(dynamoDb, table("ConversationRecordsTable"));
  }

  /** Fails unless all is as before, but the conversations asked for gone. */
  void assertExactly(Census before, ConversationId... gone) {
    var comparison =
        before.compare(census(), List.of(gone).stream().map(id -> bot + "#" + id).toList());
    assertThat(comparison.differences()).as(comparison.report()).isEmpty();
  }

  /**
   * A header as a platform may have written it, with this text as its start, in the partition of a
   * conversation of some bot.
   */
  void headerByHand(String ofBot, String conversationId, String startedAt) {
    dynamoDb.putItem(
        request ->
            request
                .tableName(table("ConversationRecordsTable"))
                .item(
                    Map.of(
                        "conversationKey", s(ofBot + "#" + conversationId),
                        "botId", s(ofBot),
                        "conversationId", s(conversationId),
                        "recordKey", s("SESSION"),
                        "recordType", s("SESSION"),
                        "cId", s(user.value()),
                        "startedAt", s(startedAt),
                        "channelUserKey", s(bot + "#" + user))));
  }

  void changeHeaderUser(ConversationId id, ChannelUserId to) {
    dynamoDb.updateItem(
        request ->
            request
                .tableName(table("ConversationRecordsTable"))
                .key(Map.of("conversationKey", s(bot + "#" + id), "recordKey", s("SESSION")))
                .updateExpression("SET cId = :to")
                .expressionAttributeValues(Map.of(":to", s(to.value()))));
  }

  void setOnJob(DeletionJob job, String attribute, String value) {
    dynamoDb.updateItem(
        request ->
            request
                .tableName(table("DeletionJobsTable"))
                .key(Map.of("botId", s(bot.value()), "jobId", s(job.id().value())))
                .updateExpression("SET #attribute = :value")
                .expressionAttributeNames(Map.of("#attribute", attribute))
                .expressionAttributeValues(Map.of(":value", s(value))));
  }

  void spoilChunk(DeletionJob job) {
    dynamoDb.updateItem(
        request ->
            request
                .tableName(table("DeletionJobConversationsTable"))
                .key(Map.of("jobId", s(job.id().value()), "chunk", AttributeValue.fromN("1")))
                .updateExpression("SET conversations[0].outcome = :value")
                .expressionAttributeValues(Map.of(":value", s("a later version's"))));
  }

  void sendRaw(String body) {
    clients
        .sqs()
        .sendMessage(request -> request.queueUrl(queueUrl("DeletionQueue")).messageBody(body));
  }

  void loseMessages() {
    clients.sqs().purgeQueue(request -> request.queueUrl(queueUrl("DeletionQueue")));
  }

  /** How many messages are in the queue, seen by a worker or not. */
  int waitingMessages() {
    return clients
        .sqs()
        .getQueueAttributes(
            request ->
                request
                    .queueUrl(queueUrl("DeletionQueue"))
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  /** Lets the messages be seen again that a worker got and did not remove. */
  void showMessages() {
    for (String receipt : network.receipts()) {
      try {
        clients
            .sqs()
            .changeMessageVisibility(
                request ->
                    request
                        .queueUrl(queueUrl("DeletionQueue"))
                        .receiptHandle(receipt)
                        .visibilityTimeout(0));
      } catch (SqsException _) {
        // It was removed.
      }
    }
  }

  /** The reasons of the messages in the dead-letter queue. */
  List<String> deadLetters() {
    return clients
        .sqs()
        .receiveMessage(
            request ->
                request
                    .queueUrl(queueUrl("DeletionDeadLetterQueue"))
                    .maxNumberOfMessages(10)
                    .messageAttributeNames("All"))
        .messages()
        .stream()
        .map(message -> message.messageAttributes().get("reason").stringValue())
        .toList();
  }

  List<Map<String, AttributeValue>> itemsOf(String logicalId) {
    return dynamoDb
        .scanPaginator(request -> request.tableName(table(logicalId)).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  String table(String logicalId) {
    return template.tableName(logicalId);
  }

  String queueUrl(String logicalId) {
    return provisioning.queueUrl(template.queueName(logicalId));
  }

  @Override
  public void close() {
    provisioning.delete(template);
    worker.close();
    clients.close();
  }

  private static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }

  private static final class SilentLog implements OperatorLog {
    @Override
    public void info(String event, Map<String, ?> fields) {}

    @Override
    public void warn(String event, Map<String, ?> fields, Throwable cause) {}

    @Override
    public void error(String event, Map<String, ?> fields, Throwable cause) {}
  }
}
