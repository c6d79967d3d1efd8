package conversations.deletion.bench;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbBots;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationRecords;
import conversations.deletion.adapter.dynamodb.DynamoDbCreationDates;
import conversations.deletion.adapter.dynamodb.DynamoDbJobChunks;
import conversations.deletion.adapter.dynamodb.DynamoDbJobLeases;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSubmissions;
import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.adapter.log.EmfMetrics;
import conversations.deletion.adapter.log.JsonLines;
import conversations.deletion.adapter.log.JsonOperatorLog;
import conversations.deletion.adapter.ses.SesOwnerMail;
import conversations.deletion.adapter.sqs.SqsJobMessages;
import conversations.deletion.adapter.sqs.SqsJobQueue;
import conversations.deletion.application.jobs.SubmitDeletionJob;
import conversations.deletion.application.jobs.SubmitDeletionJob.Submission;
import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.application.offpeak.Figures;
import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.application.offpeak.RunOffPeakDeletions.RunSummary;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.Tables;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The engine as it is deployed, on the stub: the use cases, the adapters and the SDK are the real
 * ones, built as {@code config.Wiring} builds them. The one place here that knows how.
 */
final class BenchedEngine {

  /** The bound of Lambda. */
  static final Duration FUNCTION_TIME = Duration.ofMinutes(15);

  private static final int JOBS_AT_ONCE = 4;
  private static final int CHUNKS_AT_ONCE = 8;
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
  static final int CONCURRENT_DELETES = 32;
  static final int CONCURRENT_READS = 16;

  /** Jobs are submitted so long before they are run that the index has settled. */
  private static final Duration SUBMITTED_BEFORE = Duration.ofMinutes(5);

  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final Duration LEASE_TERM = Duration.ofSeconds(60);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration SWEEP_GRACE = Duration.ofMinutes(15);
  private static final BackoffStrategy DELETE_BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(25), Duration.ofSeconds(2));
  private static final OffPeakWindow ALWAYS =
      new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC);
  private static final BotId BOT = new BotId(SampleUser.BOT_ID);
  private static final ClientAppId CLIENT_APP = new ClientAppId("bench");

  private final Clients clients;
  private final SubmitDeletionJob submit;
  private final RunOffPeakDeletions run;

  BenchedEngine(StubAws aws) {
    this(aws, aws);
  }

  /**
   * @param http what takes the requests: the stub, or what comes before it
   */
  BenchedEngine(StubAws aws, SdkHttpClient http) {
    JsonLines lines = silentLines();
    OperatorLog log = new JsonOperatorLog(lines);
    Metrics metrics = new EmfMetrics(lines, InstantSource.system(), "bench", log);
    this.clients = new Clients(http);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    InstantSource clock = () -> START.plusNanos(aws.age());
    SqsJobQueue queue = new SqsJobQueue(clients.sqs(), StubAws.QUEUE_URL);
    this.submit =
        new SubmitDeletionJob(
            new DynamoDbJobSubmissions(dynamoDb, Tables.JOBS, Tables.OUTCOMES, Tables.CHANGE_LOG),
            queue,
            new DynamoDbCreationDates(dynamoDb, Tables.BOTS, Tables.CHANNEL_USERS),
            ALWAYS,
            SWEEP_GRACE,
            log,
            metrics);
    Figures figures = new Figures(metrics);
    this.run =
        new RunOffPeakDeletions(
            new DynamoDbJobLeases(
                dynamoDb,
                Tables.JOBS,
                Tables.CHANGE_LOG,
                Duration.ofDays(90),
                Duration.ofDays(30),
                log),
            new DynamoDbJobChunks(dynamoDb, Tables.OUTCOMES, Duration.ofDays(90), clock),
            queue,
            new SqsJobMessages(
                clients.sqs(),
                StubAws.QUEUE_URL,
                StubAws.DEAD_LETTER_QUEUE_URL,
                Duration.ofSeconds(1)),
            new DynamoDbConversationRecords(
                dynamoDb,
                clients.singleAttemptDynamoDb(),
                RecordsTableShape.ofOwn(RecordsTable.NAME),
                new AwsOutages(),
                figures),
            new DynamoDbBots(dynamoDb, Tables.BOTS),
            new SesOwnerMail(clients.ses(), "sender@example.com"),
            ALWAYS,
            settings(),
            clock,
            aws.time()::nanoTime,
            afterAttempt(DELETE_BACKOFF),
            aws.time()::sleep,
            log,
            figures);
  }

  private static EngineSettings settings() {
    return new EngineSettings(
        LEASE_TERM,
        CALL_TIMEOUT.multipliedBy(2),
        Duration.ofSeconds(60),
        Duration.ofMinutes(30),
        Duration.ofSeconds(5),
        SWEEP_GRACE,
        CHECKPOINT_INTERVAL,
        JOBS_AT_ONCE,
        CHUNKS_AT_ONCE,
        CONCURRENT_DELETES,
        CONCURRENT_READS,
        10,
        10);
  }

  private static IntFunction<Duration> afterAttempt(BackoffStrategy backoff) {
    return failedAttempts -> backoff.computeDelay(failedAttempts + 1);
  }

  /** Writes every line, as the functions do, to where it costs nothing more. */
  static OperatorLog silentLog() {
    return new JsonOperatorLog(silentLines());
  }

  private static JsonLines silentLines() {
    return new JsonLines(
        new PrintStream(OutputStream.nullOutputStream(), false), InstantSource.system());
  }

  SubmitDeletionJob submission() {
    return submit;
  }

  Clients clients() {
    return clients;
  }

  /** Submits a job for all conversations of a channel user. */
  void submit(SampleUser user) {
    submit(
        new DeletionRequest.ByChannelUser(
            new ChannelUserId(user.cId()), Optional.of(SampleUser.FIRST_START), Optional.empty()));
  }

  /** Submits a job that lists all conversations of a channel user, at most 100. */
  void submitListed(SampleUser user) {
    List<ConversationId> ids = user.conversationIds().stream().map(ConversationId::new).toList();
    submit(new DeletionRequest.ByConversations(ids));
  }

  private void submit(DeletionRequest request) {
    submit.submit(
        new Submission(
            BOT,
            CLIENT_APP,
            Optional.empty(),
            UUID.randomUUID().toString(),
            request,
            START.minus(SUBMITTED_BEFORE)));
  }

  /**
   * Does one run.
   *
   * @throws IllegalStateException if it interrupted a job
   */
  RunSummary run() {
    RunSummary summary = run.run(FUNCTION_TIME);
    if (summary.jobsInterrupted() > 0) {
      throw new IllegalStateException("jobs were interrupted: " + summary);
    }
    return summary;
  }

  /**
   * Runs until a channel user has no records left.
   *
   * @throws IllegalStateException if one run was not enough
   */
  void deleteAllOf(SampleUser user, StubAws aws) {
    submit(user);
    RunSummary summary = run();
    if (aws.records().left(user) > 0 || summary.jobsEnded() != 1) {
      throw new IllegalStateException(
          aws.records().left(user) + " records are left after " + summary);
    }
  }
}
