package conversations.deletion.config;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbBacklog;
import conversations.deletion.adapter.dynamodb.DynamoDbBotJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbBots;
import conversations.deletion.adapter.dynamodb.DynamoDbChangeLog;
import conversations.deletion.adapter.dynamodb.DynamoDbClientApps;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationRecords;
import conversations.deletion.adapter.dynamodb.DynamoDbCreationDates;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbJobCancellations;
import conversations.deletion.adapter.dynamodb.DynamoDbJobChunks;
import conversations.deletion.adapter.dynamodb.DynamoDbJobConversations;
import conversations.deletion.adapter.dynamodb.DynamoDbJobLeases;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSubmissions;
import conversations.deletion.adapter.dynamodb.DynamoDbRecordsFitness;
import conversations.deletion.adapter.dynamodb.DynamoDbRequestHistories;
import conversations.deletion.adapter.dynamodb.DynamoDbSpentTokens;
import conversations.deletion.adapter.jwt.NimbusTokens;
import conversations.deletion.adapter.log.EmfMetrics;
import conversations.deletion.adapter.log.JsonLines;
import conversations.deletion.adapter.log.JsonOperatorLog;
import conversations.deletion.adapter.secretsmanager.SecretsManagerClientSecrets;
import conversations.deletion.adapter.ses.SesOwnerMail;
import conversations.deletion.adapter.sqs.SqsJobMessages;
import conversations.deletion.adapter.sqs.SqsJobQueue;
import conversations.deletion.application.access.AuthenticateClientApp;
import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.access.UseToken;
import conversations.deletion.application.concurrent.Pause;
import conversations.deletion.application.jobs.CancelDeletionJob;
import conversations.deletion.application.jobs.FindDeletionJob;
import conversations.deletion.application.jobs.ListChangeLog;
import conversations.deletion.application.jobs.ListDeletionJobs;
import conversations.deletion.application.jobs.ListJobConversations;
import conversations.deletion.application.jobs.SubmitDeletionJob;
import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.application.offpeak.Figures;
import conversations.deletion.application.offpeak.ReportBacklog;
import conversations.deletion.application.offpeak.RequireFitRecords;
import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.RequestHistories;
import conversations.deletion.domain.BotId;
import conversations.deletion.handler.AuthorizerHandler;
import conversations.deletion.handler.CancelDeletionJobHandler;
import conversations.deletion.handler.EndpointServices;
import conversations.deletion.handler.FindDeletionJobHandler;
import conversations.deletion.handler.ListChangeLogHandler;
import conversations.deletion.handler.ListDeletionJobsHandler;
import conversations.deletion.handler.ListJobConversationsHandler;
import conversations.deletion.handler.OffPeakHandler;
import conversations.deletion.handler.SubmitDeletionJobHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntFunction;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * Puts the functions together from their environment.
 *
 * <p>Each function is made of what it needs, so it needs no variable, and starts no client, of
 * another one. A wiring is used by one thread; what it makes is safe for use by several.
 */
public final class Wiring {

  private static final Pause PAUSE = duration -> Thread.sleep(duration);
  private static final Duration MESSAGE_WAIT = Duration.ofSeconds(1);
  private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(5);
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
  private static final int JOBS_AT_ONCE = 4;
  private static final int CHUNKS_AT_ONCE = 8;
  private static final int CONCURRENT_DELETES = 32;
  private static final int CONCURRENT_READS = 16;
  private static final int MAX_DELETE_ATTEMPTS = 10;
  private static final int MAX_JOB_ATTEMPTS = 10;

  private static final BackoffStrategy DELETE_BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(25), Duration.ofSeconds(2));

  /** For one call. A request waits no longer than this for rate limits that are out of reach. */
  private static final Duration RATE_LIMIT_CALL_TIMEOUT = Duration.ofSeconds(2);

  /** Enough for a request that comes with a hundred others; some 5 seconds at the most. */
  private static final int MAX_RATE_LIMIT_ATTEMPTS = 40;

  private static final BackoffStrategy RATE_LIMIT_BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(10), Duration.ofMillis(200));

  /** Read before a snapshot is taken, and never there. */
  private static final BotId NOBODYS_BOT = new BotId("-");

  /** Of a client app "-", which is looked for before a snapshot is taken, and never there. */
  private static final String NOBODYS_TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJhcHBJZCI6Ii0ifQ.AA";

  private final Map<String, String> environment;
  private final Duration callTimeout;
  private final InstantSource clock = Clock.systemUTC();
  private final JsonLines lines = new JsonLines(System.out, clock);
  private final OperatorLog operatorLog = new JsonOperatorLog(lines);
  private final Outages outages = new AwsOutages();
  private final SdkClients clients;
  private Settings.OffPeak offPeakSettings;

  /**
   * @param environment the environment variables of one function or of several
   * @throws IllegalStateException if the time limit of calls is not a number
   */
  public Wiring(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.callTimeout = Settings.callTimeout(environment);
    this.clients = new SdkClients(callTimeout);
  }

  public SubmitDeletionJobHandler submitDeletionJobHandler() {
    return new SubmitDeletionJobHandler(submitDeletionJob(), clock, endpointServices());
  }

  public FindDeletionJobHandler findDeletionJobHandler() {
    return new FindDeletionJobHandler(findDeletionJob(), endpointServices());
  }

  public ListDeletionJobsHandler listDeletionJobsHandler() {
    return new ListDeletionJobsHandler(listDeletionJobs(), endpointServices());
  }

  public ListJobConversationsHandler listJobConversationsHandler() {
    return new ListJobConversationsHandler(listJobConversations(), endpointServices());
  }

  public CancelDeletionJobHandler cancelDeletionJobHandler() {
    return new CancelDeletionJobHandler(cancelDeletionJob(), endpointServices());
  }

  public ListChangeLogHandler listChangeLogHandler() {
    return new ListChangeLogHandler(listChangeLog(), endpointServices());
  }

  public AuthorizerHandler authorizerHandler() {
    return new AuthorizerHandler(authenticateClientApp(), operatorLog, metrics());
  }

  public OffPeakHandler offPeakHandler() {
    return new OffPeakHandler(
        reportBacklog(), requireFitRecords(), runOffPeakDeletions(), operatorLog);
  }

  public SubmitDeletionJob submitDeletionJob() {
    Settings.Submission settings = Settings.Submission.of(environment);
    return new SubmitDeletionJob(
        new DynamoDbJobSubmissions(
            clients.dynamoDb(),
            settings.deletionJobsTable(),
            settings.deletionJobConversationsTable(),
            settings.changeLogTable()),
        new SqsJobQueue(clients.sqs(), settings.deletionQueueUrl()),
        new DynamoDbCreationDates(
            clients.dynamoDb(), settings.botsTable(), settings.channelUsersTable()),
        settings.window(),
        settings.sweepGrace(),
        operatorLog,
        metrics());
  }

  public FindDeletionJob findDeletionJob() {
    Settings.JobLookup settings = Settings.JobLookup.of(environment);
    return new FindDeletionJob(
        new DynamoDbDeletionJobs(clients.dynamoDb(), settings.deletionJobsTable()));
  }

  public ListDeletionJobs listDeletionJobs() {
    Settings.JobLookup settings = Settings.JobLookup.of(environment);
    return new ListDeletionJobs(
        new DynamoDbBotJobs(clients.dynamoDb(), settings.deletionJobsTable()));
  }

  public ListJobConversations listJobConversations() {
    Settings.JobConversationsReading settings = Settings.JobConversationsReading.of(environment);
    return new ListJobConversations(
        new DynamoDbDeletionJobs(clients.dynamoDb(), settings.deletionJobsTable()),
        new DynamoDbJobConversations(clients.dynamoDb(), settings.deletionJobConversationsTable()));
  }

  public CancelDeletionJob cancelDeletionJob() {
    Settings.Cancellation settings = Settings.Cancellation.of(environment);
    return new CancelDeletionJob(
        new DynamoDbDeletionJobs(clients.dynamoDb(), settings.deletionJobsTable()),
        new DynamoDbJobCancellations(
            clients.dynamoDb(), settings.deletionJobsTable(), settings.changeLogTable()),
        clock,
        operatorLog,
        metrics());
  }

  public ListChangeLog listChangeLog() {
    Settings.ChangeLogReading settings = Settings.ChangeLogReading.of(environment);
    return new ListChangeLog(new DynamoDbChangeLog(clients.dynamoDb(), settings.changeLogTable()));
  }

  /** What all endpoints need. */
  public EndpointServices endpointServices() {
    Settings.Access settings = Settings.Access.of(environment);
    RequestHistories histories =
        new DynamoDbRequestHistories(
            clients.dynamoDb(), settings.rateLimitsTable(), RATE_LIMIT_CALL_TIMEOUT, clock);
    primeWith(() -> histories.find(NOBODYS_BOT));
    return new EndpointServices(
        new UseToken(
            new DynamoDbSpentTokens(clients.dynamoDb(), settings.spentTokensTable()), clock),
        new LimitRequests(
            histories,
            settings.rateLimits(),
            MAX_RATE_LIMIT_ATTEMPTS,
            clock,
            afterAttempt(RATE_LIMIT_BACKOFF),
            PAUSE,
            outages,
            operatorLog),
        operatorLog,
        outages);
  }

  public AuthenticateClientApp authenticateClientApp() {
    Settings.Authentication settings = Settings.Authentication.of(environment);
    AuthenticateClientApp authenticateClientApp =
        new AuthenticateClientApp(
            new NimbusTokens(),
            new DynamoDbClientApps(clients.dynamoDb(), settings.clientAppsTable()),
            new SecretsManagerClientSecrets(
                clients.secretsManager(), settings.clientSecretsPrefix(), clock),
            settings.maxTokenAge(),
            clock);
    primeWith(() -> authenticateClientApp.authenticate(NOBODYS_TOKEN));
    return authenticateClientApp;
  }

  public RequireFitRecords requireFitRecords() {
    Settings.OffPeak settings = offPeakSettings();
    return new RequireFitRecords(
        new DynamoDbRecordsFitness(clients.dynamoDb(), settings.records(), outages), operatorLog);
  }

  public RunOffPeakDeletions runOffPeakDeletions() {
    Settings.OffPeak settings = offPeakSettings();
    Figures figures = new Figures(metrics());
    return new RunOffPeakDeletions(
        new DynamoDbJobLeases(
            clients.dynamoDb(),
            settings.deletionJobsTable(),
            settings.changeLogTable(),
            settings.jobRetention(),
            settings.detailRetention(),
            operatorLog),
        new DynamoDbJobChunks(
            clients.dynamoDb(),
            settings.deletionJobConversationsTable(),
            settings.jobRetention(),
            clock),
        new SqsJobQueue(clients.sqs(), settings.deletionQueueUrl()),
        new SqsJobMessages(
            clients.sqs(),
            settings.deletionQueueUrl(),
            settings.deadLetterQueueUrl(),
            MESSAGE_WAIT),
        new DynamoDbConversationRecords(
            clients.dynamoDb(),
            clients.singleAttemptDynamoDb(),
            settings.records(),
            outages,
            figures),
        new DynamoDbBots(clients.dynamoDb(), settings.botsTable()),
        new SesOwnerMail(clients.ses(), settings.senderAddress()),
        settings.window(),
        engineSettings(settings),
        clock,
        System::nanoTime,
        afterAttempt(DELETE_BACKOFF),
        PAUSE,
        operatorLog,
        figures);
  }

  public ReportBacklog reportBacklog() {
    Settings.OffPeak settings = offPeakSettings();
    return new ReportBacklog(
        new DynamoDbBacklog(clients.dynamoDb(), settings.deletionJobsTable(), operatorLog),
        settings.window(),
        clock,
        metrics(),
        operatorLog);
  }

  /** The SDK counts the first attempt, before which nobody waits, as 1. */
  private static IntFunction<Duration> afterAttempt(BackoffStrategy backoff) {
    return failedAttempts -> backoff.computeDelay(failedAttempts + 1);
  }

  private Settings.OffPeak offPeakSettings() {
    if (offPeakSettings == null) {
      offPeakSettings = Settings.OffPeak.of(environment);
    }
    return offPeakSettings;
  }

  private EngineSettings engineSettings(Settings.OffPeak settings) {
    return new EngineSettings(
        settings.leaseTerm(),
        deleteReserve(),
        settings.indexSettle(),
        settings.conversationIdle(),
        SETTLE_PATIENCE,
        settings.sweepGrace(),
        CHECKPOINT_INTERVAL,
        JOBS_AT_ONCE,
        CHUNKS_AT_ONCE,
        CONCURRENT_DELETES,
        CONCURRENT_READS,
        MAX_DELETE_ATTEMPTS,
        MAX_JOB_ATTEMPTS);
  }

  /** The call's time limit, and as much again for what the time limits of sockets do not cover. */
  private Duration deleteReserve() {
    return callTimeout.multipliedBy(2);
  }

  private void primeWith(Runnable work) {
    new Priming(work, operatorLog).register(environment);
  }

  public InstantSource clock() {
    return clock;
  }

  public OperatorLog operatorLog() {
    return operatorLog;
  }

  public Metrics metrics() {
    return new EmfMetrics(lines, clock, Settings.stackName(environment), operatorLog);
  }

  public Outages outages() {
    return outages;
  }
}
