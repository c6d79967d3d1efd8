package conversations.deletion.bench;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbBots;
import conversations.deletion.adapter.dynamodb.DynamoDbClientAppNames;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationReads;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationRecords;
import conversations.deletion.adapter.dynamodb.DynamoDbCreationDates;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbHoldLooks;
import conversations.deletion.adapter.dynamodb.DynamoDbJobChunks;
import conversations.deletion.adapter.dynamodb.DynamoDbJobLeases;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSubmissions;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSweeps;
import conversations.deletion.adapter.dynamodb.DynamoDbOpenJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewLists;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviews;
import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.adapter.log.EmfMetrics;
import conversations.deletion.adapter.log.JsonLines;
import conversations.deletion.adapter.log.JsonOperatorLog;
import conversations.deletion.adapter.s3.AttachmentPrefix;
import conversations.deletion.adapter.s3.AttachmentsBucket;
import conversations.deletion.adapter.s3.S3Attachments;
import conversations.deletion.adapter.ses.SesOwnerMail;
import conversations.deletion.adapter.sqs.SqsJobMessages;
import conversations.deletion.adapter.sqs.SqsJobQueue;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.jobs.AnnounceJob;
import conversations.deletion.application.jobs.FixTarget;
import conversations.deletion.application.jobs.LimitOpenJobs;
import conversations.deletion.application.jobs.RequirePreview;
import conversations.deletion.application.jobs.SubmissionSettings;
import conversations.deletion.application.jobs.SubmitDeletionJob;
import conversations.deletion.application.jobs.SubmitDeletionJob.Accepted;
import conversations.deletion.application.jobs.SubmitDeletionJob.KeyReused;
import conversations.deletion.application.jobs.SubmitDeletionJob.NoJob;
import conversations.deletion.application.jobs.SubmitDeletionJob.Outcome;
import conversations.deletion.application.jobs.SubmitDeletionJob.TooManyOpenJobs;
import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.application.offpeak.RunSummary;
import conversations.deletion.application.port.AttachmentLists;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.StubS3;
import conversations.deletion.bench.stub.Tables;
import conversations.deletion.config.EnginePorts;
import conversations.deletion.config.EngineWiring;
import conversations.deletion.config.JobStore;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.StackKey;
import conversations.deletion.domain.Submission;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The deployed engine on the stub. The use cases, the adapters and the SDK are the real ones, built
 * as {@code config.Wiring} builds them. In the benchmark, only this class and {@link
 * BenchedPreviews} know how to build them.
 */
final class BenchedEngine {

  /** Lambda's time limit. */
  static final Duration FUNCTION_TIME = Duration.ofMinutes(15);

  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

  /** Jobs are submitted some time before they run, so that the index has settled. */
  static final Instant SUBMITTED_AT = START.minus(Duration.ofMinutes(5));

  private static final OffPeakWindow ALWAYS =
      new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC);

  /** The settings that the template's defaults give. */
  static final EngineSettings SETTINGS = EngineSettings.of(ALWAYS, _ -> {});

  static final BotId BOT = new BotId(SampleUser.BOT_ID);
  static final ClientAppId CLIENT_APP = new ClientAppId("bench");

  private static final AttachmentsBucket BUCKET =
      new AttachmentsBucket("media", "123456789012", AttachmentPrefix.USUAL);

  private static final StackKey STACK_KEY = new StackKey(new byte[32]);

  private final Clients clients;
  private final Clocks clocks;
  private final Attachments attachments;
  private final SubmitDeletionJob submit;
  private final RunOffPeakDeletions run;

  BenchedEngine(StubAws aws) {
    this(aws, aws);
  }

  /**
   * @param http takes the requests: the stub, or a client in front of it
   */
  BenchedEngine(StubAws aws, SdkHttpClient http) {
    this(aws, http, SETTINGS);
  }

  /**
   * @param http takes the requests: the stub, or a client in front of it
   */
  BenchedEngine(StubAws aws, SdkHttpClient http, EngineSettings settings) {
    this(aws, new Clients(http), settings, Attachments.NONE);
  }

  /** An engine whose stack names a bucket. */
  static BenchedEngine withBucket(StubAws aws, StubS3 s3) {
    Clients clients = new Clients(aws);
    return new BenchedEngine(
        aws,
        clients,
        SETTINGS,
        new S3Attachments(clients.s3(s3), clients.singleAttemptS3(s3), BUCKET, new AwsOutages()));
  }

  private BenchedEngine(
      StubAws aws, Clients clients, EngineSettings settings, Attachments attachments) {
    OperatorLog log = silentLog();
    Metrics metrics = metrics(log);
    this.clients = clients;
    this.attachments = attachments;
    DynamoDbClient dynamoDb = clients.dynamoDb();
    InstantSource clock = () -> START.plusNanos(aws.age());
    this.clocks = new Clocks(clock, aws.time()::nanoTime, aws.time()::sleep);
    SqsJobQueue queue = new SqsJobQueue(clients.sqs(), StubAws.QUEUE_URL);
    this.submit =
        new SubmitDeletionJob(
            new DynamoDbJobSubmissions(
                dynamoDb,
                Tables.JOBS,
                Tables.CHUNKS,
                Tables.CHANGE_LOG,
                Tables.PREVIEWS,
                Duration.ofDays(90)),
            new LimitOpenJobs(
                new DynamoDbOpenJobs(dynamoDb, Tables.JOBS), Integer.MAX_VALUE, 60, clock, log),
            () -> STACK_KEY,
            new FixTarget(
                new DynamoDbCreationDates(dynamoDb, Tables.BOTS, Tables.CHANNEL_USERS),
                new DynamoDbPreviews(dynamoDb, Tables.PREVIEWS),
                RequirePreview.NEVER),
            new AnnounceJob(queue, log, metrics),
            new SubmissionSettings(settings.window(), settings.sweepGrace(), Duration.ZERO));
    Telemetry telemetry = new Telemetry(log, new MetricSums(metrics));
    this.run =
        EngineWiring.runOffPeakDeletions(
            new EnginePorts(
                jobStore(dynamoDb, log, clock),
                new DynamoDbHoldLooks(dynamoDb, Tables.HOLDS, log),
                queue,
                new SqsJobMessages(
                    clients.sqs(),
                    StubAws.QUEUE_URL,
                    StubAws.DEAD_LETTER_QUEUE_URL,
                    Duration.ofSeconds(1)),
                new DynamoDbConversationRecords(
                    new DynamoDbConversationReads(
                        dynamoDb,
                        RecordsTableShape.ofOwn(RecordsTable.NAME),
                        Set.of(),
                        telemetry.metrics()),
                    clients.singleAttemptDynamoDb(),
                    RecordsTableShape.ofOwn(RecordsTable.NAME),
                    new AwsOutages(),
                    telemetry.metrics()),
                attachments,
                new DynamoDbBots(dynamoDb, Tables.BOTS, log),
                new DynamoDbClientAppNames(dynamoDb, Tables.CLIENT_APPS),
                (_, _) -> 19,
                new SesOwnerMail(clients.ses(), "sender@example.com"),
                new AwsOutages()),
            settings,
            clocks,
            telemetry);
  }

  private static JobStore jobStore(DynamoDbClient dynamoDb, OperatorLog log, InstantSource clock) {
    return new JobStore(
        new DynamoDbJobLeases(
            dynamoDb,
            Tables.JOBS,
            Tables.CHANGE_LOG,
            Tables.OWNER_NOTICES,
            Duration.ofDays(90),
            Duration.ofDays(30)),
        new DynamoDbJobSweeps(dynamoDb, Tables.JOBS, log),
        new DynamoDbJobChunks(dynamoDb, Tables.CHUNKS, Duration.ofDays(90), clock),
        new DynamoDbPreviewLists(dynamoDb, Tables.PREVIEW_CHUNKS),
        new DynamoDbOpenJobs(dynamoDb, Tables.JOBS));
  }

  /** A log that writes every line as the functions do, to a place where it costs nothing more. */
  static OperatorLog silentLog() {
    return new JsonOperatorLog(silentLines());
  }

  static Metrics metrics(OperatorLog log) {
    return new EmfMetrics(silentLines(), InstantSource.system(), "bench", log);
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

  Clocks clocks() {
    return clocks;
  }

  AttachmentLists attachments() {
    return attachments;
  }

  /** The moment that the engine takes it to be. */
  Instant now() {
    return clocks.now();
  }

  /** Submits a job for all conversations of a channel user. */
  JobId submit(SampleUser user) {
    return submit(ofUser(user));
  }

  /** Asks for all conversations of a channel user. */
  static DeletionRequest.Described ofUser(SampleUser user) {
    return new DeletionRequest.ByChannelUser(
        new ChannelUserId(user.cId()), Optional.of(SampleUser.FIRST_START), Optional.empty());
  }

  /** Lists all conversations of a channel user, at most 100. */
  static DeletionRequest.Described listed(SampleUser user) {
    return new DeletionRequest.ByConversations(
        user.conversationIds().stream().map(ConversationId::new).toList());
  }

  JobId submit(DeletionRequest request) {
    Outcome outcome =
        submit.submit(
            new Submission<>(
                BOT,
                CLIENT_APP,
                Optional.empty(),
                UUID.randomUUID().toString(),
                request,
                SUBMITTED_AT));
    return switch (outcome) {
      case Accepted accepted -> accepted.job().id();
      case KeyReused _, TooManyOpenJobs _, NoJob _ ->
          throw new IllegalStateException("not accepted: " + outcome);
    };
  }

  /** What a job has counted so far. */
  Counts counts(JobId job) {
    return new DynamoDbDeletionJobs(clients.dynamoDb(), Tables.JOBS)
        .find(BOT, job)
        .orElseThrow()
        .state()
        .counts();
  }

  /**
   * Does one run.
   *
   * @throws IllegalStateException if it interrupted a job
   */
  RunSummary run() {
    RunSummary summary = run(FUNCTION_TIME);
    if (summary.jobsInterrupted() > 0) {
      throw new IllegalStateException("jobs were interrupted: " + summary);
    }
    return summary;
  }

  /** Does one run, whatever becomes of its jobs. */
  RunSummary run(Duration functionTime) {
    return run.run(functionTime);
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
