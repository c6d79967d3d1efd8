package conversations.deletion.config;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbBotJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbBots;
import conversations.deletion.adapter.dynamodb.DynamoDbChangeLog;
import conversations.deletion.adapter.dynamodb.DynamoDbClientAppNames;
import conversations.deletion.adapter.dynamodb.DynamoDbClientApps;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationReads;
import conversations.deletion.adapter.dynamodb.DynamoDbCreationDates;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbHoldSweeps;
import conversations.deletion.adapter.dynamodb.DynamoDbJobCancellations;
import conversations.deletion.adapter.dynamodb.DynamoDbJobConversations;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSubmissions;
import conversations.deletion.adapter.dynamodb.DynamoDbOpenJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbOwnerNotices;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviews;
import conversations.deletion.adapter.dynamodb.DynamoDbRecordsFitness;
import conversations.deletion.adapter.dynamodb.DynamoDbSpentTokens;
import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.adapter.jwt.NimbusTokens;
import conversations.deletion.adapter.jwt.PemPublicKeys;
import conversations.deletion.adapter.log.EmfMetrics;
import conversations.deletion.adapter.log.JsonLines;
import conversations.deletion.adapter.log.JsonOperatorLog;
import conversations.deletion.adapter.secretsmanager.SecretsManagerClientSecrets;
import conversations.deletion.adapter.secretsmanager.SecretsManagerStackSecret;
import conversations.deletion.adapter.ses.SesOwnerMail;
import conversations.deletion.adapter.sqs.SqsJobQueue;
import conversations.deletion.adapter.sqs.SqsPreviewMessages;
import conversations.deletion.application.access.AuthenticateClientApp;
import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.access.UseToken;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.holds.EarliestExpiry;
import conversations.deletion.application.holds.FindHold;
import conversations.deletion.application.holds.ListHolds;
import conversations.deletion.application.holds.PlaceHold;
import conversations.deletion.application.holds.ReleaseHold;
import conversations.deletion.application.housekeeping.HousekeepingTask;
import conversations.deletion.application.housekeeping.KeepHouse;
import conversations.deletion.application.housekeeping.SendOwnerNotices;
import conversations.deletion.application.housekeeping.SweepHolds;
import conversations.deletion.application.jobs.AnnounceJob;
import conversations.deletion.application.jobs.CancelDeletionJob;
import conversations.deletion.application.jobs.FindDeletionJob;
import conversations.deletion.application.jobs.FixTarget;
import conversations.deletion.application.jobs.LimitOpenJobs;
import conversations.deletion.application.jobs.ListChangeLog;
import conversations.deletion.application.jobs.ListDeletionJobs;
import conversations.deletion.application.jobs.ListJobConversations;
import conversations.deletion.application.jobs.RequirePreview;
import conversations.deletion.application.jobs.SubmissionSettings;
import conversations.deletion.application.jobs.SubmitDeletionJob;
import conversations.deletion.application.mail.NoticeEmails;
import conversations.deletion.application.offpeak.ReportBacklog;
import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.PreviewMessages;
import conversations.deletion.application.port.StoreFitness;
import conversations.deletion.application.previews.EstimateRates;
import conversations.deletion.application.previews.FindPreview;
import conversations.deletion.application.previews.ListPreviewConversations;
import conversations.deletion.application.previews.RunPreview;
import conversations.deletion.application.previews.SubmitPreview;
import conversations.deletion.application.reading.RequireFitStores;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.domain.RateLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts the functions together from their environment.
 *
 * <p>Each function is made only of what it needs, so it needs no variable and starts no client of
 * another one. Only one thread may use a wiring; what it makes is safe for use by several.
 *
 * <p>It is long because it knows most classes of the service. What the off-peak function, previews
 * and holds need is put together by wirings of their own.
 */
public final class Wiring {

  /** For e-mails outside the engine: there is no lease to think of. */
  private static final Duration MAIL_TIMEOUT = Duration.ofSeconds(20);

  /** A token of client app "-", which never exists. It is looked for before a snapshot is taken. */
  private static final String NOBODYS_TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJhcHBJZCI6Ii0ifQ.AA";

  private final Map<String, String> environment;
  private final Duration callTimeout;
  private final Clocks clocks = Clocks.ofSystem();
  private final InstantSource clock = clocks.wall();
  private final JsonLines lines = new JsonLines(System.out, clock);
  private final OperatorLog operatorLog = new JsonOperatorLog(lines);
  private final Outages outages = new AwsOutages();
  private final SdkClients clients;

  /**
   * @param environment the environment variables of one function or of several
   * @throws IllegalStateException if the time limit of calls is not a number
   */
  public Wiring(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.callTimeout = Settings.callTimeout(environment);
    this.clients = new SdkClients(callTimeout);
  }

  public SubmitDeletionJob submitDeletionJob() {
    Settings.Submission settings = read(Settings.Submission::new);
    return new SubmitDeletionJob(
        new DynamoDbJobSubmissions(
            clients.dynamoDb(),
            settings.deletionJobsTable(),
            settings.deletionJobConversationsTable(),
            settings.changeLogTable(),
            settings.previewsTable(),
            settings.retention().jobs(),
            settings.ownerNoticesTable()),
        new LimitOpenJobs(
            new DynamoDbOpenJobs(clients.dynamoDb(), settings.deletionJobsTable()),
            settings.maxOpenJobs(),
            rateLimits().perMinute(),
            clock,
            operatorLog),
        new SecretsManagerStackSecret(clients.secretsManager(), settings.stackSecretArn()),
        new FixTarget(
            new DynamoDbCreationDates(
                clients.dynamoDb(), settings.botsTable(), settings.channelUsersTable()),
            new DynamoDbPreviews(clients.dynamoDb(), settings.previewsTable()),
            requirePreview(settings)),
        new AnnounceJob(
            new SqsJobQueue(clients.sqs(), settings.deletionQueueUrl()), operatorLog, metrics()),
        new SubmissionSettings(settings.window(), settings.sweepGrace(), settings.leastGrace()));
  }

  private RequirePreview requirePreview(Settings.Submission settings) {
    return settings.previewAbove() == 0
        ? RequirePreview.NEVER
        : RequirePreview.above(
            settings.previewAbove(),
            new DynamoDbConversationReads(
                clients.dynamoDb(), read(Settings::readRecordsTable), Set.of(), (_, _) -> {}));
  }

  public FindDeletionJob findDeletionJob() {
    Settings.JobLookup settings = read(Settings.JobLookup::new);
    return new FindDeletionJob(
        new DynamoDbDeletionJobs(clients.dynamoDb(), settings.deletionJobsTable()));
  }

  public ListDeletionJobs listDeletionJobs() {
    Settings.JobLookup settings = read(Settings.JobLookup::new);
    return new ListDeletionJobs(
        new DynamoDbBotJobs(clients.dynamoDb(), settings.deletionJobsTable()));
  }

  public ListJobConversations listJobConversations() {
    Settings.JobConversationsReading settings = read(Settings.JobConversationsReading::new);
    return new ListJobConversations(
        new DynamoDbDeletionJobs(clients.dynamoDb(), settings.deletionJobsTable()),
        new DynamoDbJobConversations(clients.dynamoDb(), settings.deletionJobConversationsTable()));
  }

  public CancelDeletionJob cancelDeletionJob() {
    Settings.Cancellation settings = read(Settings.Cancellation::new);
    return new CancelDeletionJob(
        new DynamoDbDeletionJobs(clients.dynamoDb(), settings.deletionJobsTable()),
        new DynamoDbJobCancellations(
            clients.dynamoDb(), settings.deletionJobsTable(), settings.changeLogTable()),
        clock,
        operatorLog,
        metrics());
  }

  public PlaceHold placeHold() {
    return holds().place(read(Settings.Holding::new));
  }

  public ReleaseHold releaseHold() {
    return holds().release(read(Settings.Holding::new));
  }

  public EarliestExpiry earliestExpiry() {
    return holds().earliestExpiry(read(Settings.Holding::new));
  }

  public FindHold findHold() {
    return holds().find(read(Settings.HoldLookup::new));
  }

  public ListHolds listHolds() {
    return holds().list(read(Settings.HoldLookup::new));
  }

  private HoldWiring holds() {
    return new HoldWiring(clients, clocks, operatorLog);
  }

  public ListChangeLog listChangeLog() {
    Settings.ChangeLogReading settings = read(Settings.ChangeLogReading::new);
    return new ListChangeLog(new DynamoDbChangeLog(clients.dynamoDb(), settings.changeLogTable()));
  }

  public UseToken useToken() {
    Settings.TokenUse settings = read(Settings.TokenUse::new);
    return new UseToken(
        new DynamoDbSpentTokens(clients.dynamoDb(), settings.spentTokensTable()), clock);
  }

  public LimitRequests limitRequests() {
    Limits limits = limits(read(Settings.RateLimiting::new).rateLimitsTable());
    primeWith(limits::prime);
    return limits.requests(rateLimits());
  }

  private Limits limits(String table) {
    return new Limits(clients.dynamoDb(), table, clocks, outages, operatorLog);
  }

  private RateLimits rateLimits() {
    return read(Settings.RateLimiting::new).rateLimits();
  }

  public AuthenticateClientApp authenticateClientApp() {
    Settings.Authentication settings = read(Settings.Authentication::new);
    AuthenticateClientApp authenticateClientApp =
        new AuthenticateClientApp(
            new NimbusTokens(),
            new DynamoDbClientApps(clients.dynamoDb(), settings.clientAppsTable()),
            new SecretsManagerClientSecrets(
                clients.secretsManager(), settings.clientSecretsPrefix(), clock),
            new PemPublicKeys(),
            settings.tokenRules(),
            clock);
    primeWith(() -> authenticateClientApp.authenticate(NOBODYS_TOKEN));
    return authenticateClientApp;
  }

  public RequireFitStores requireFitStores() {
    Settings.OffPeak settings = read(Settings.OffPeak::new);
    return requireFitStores(
        settings.records(), new AttachmentStore(settings.attachments(), clients, outages));
  }

  private RequireFitStores requireFitStores(RecordsTableShape table, AttachmentStore attachments) {
    StoreFitness records =
        new DynamoDbRecordsFitness(
            clients.dynamoDb(),
            table,
            outages,
            sample -> operatorLog.info("records_table_sampled", sample.counts()));
    return new RequireFitStores(
        attachments.fitness().map(bucket -> List.of(records, bucket)).orElse(List.of(records)),
        operatorLog);
  }

  public SubmitPreview submitPreview() {
    return previews().submit(read(PreviewEnvironment.Submission::new), metrics());
  }

  public FindPreview findPreview() {
    return previews().find(read(PreviewEnvironment.Lookup::new));
  }

  /** What estimates cost, and how long they take. */
  public EstimateRates estimateRates() {
    return read(PreviewEnvironment.Lookup::new).rates();
  }

  public ListPreviewConversations listPreviewConversations() {
    return previews().list(read(PreviewEnvironment.Listing::new));
  }

  public RunPreview runPreview() {
    PreviewEnvironment.Work settings = read(PreviewEnvironment.Work::new);
    RequireFitStores stores =
        requireFitStores(
            settings.records(), new AttachmentStore(settings.attachments(), clients, outages));
    return previews().run(settings, stores, deleteReserve());
  }

  public PreviewMessages previewMessages() {
    return new SqsPreviewMessages();
  }

  private PreviewWiring previews() {
    return new PreviewWiring(clients, clocks, outages, telemetry());
  }

  private Telemetry telemetry() {
    return new Telemetry(operatorLog, new MetricSums(metrics()));
  }

  public RunOffPeakDeletions runOffPeakDeletions() {
    Settings.OffPeak settings = read(Settings.OffPeak::new);
    return offPeak()
        .run(
            settings,
            limits(settings.rateLimitsTable()).mails(settings.mailsPerHour()),
            deleteReserve());
  }

  public ReportBacklog reportBacklog() {
    return offPeak().reportBacklog(read(Settings.OffPeak::new), metrics());
  }

  private OffPeakWiring offPeak() {
    return new OffPeakWiring(clients, clocks, outages, telemetry());
  }

  /** The call's time limit, and as much again for what the time limits of sockets do not cover. */
  private Duration deleteReserve() {
    return callTimeout.multipliedBy(2);
  }

  public KeepHouse keepHouse() {
    Settings.Housekeeping settings = read(Settings.Housekeeping::new);
    HousekeepingTask sendOwnerNotices =
        new SendOwnerNotices(
            new DynamoDbOwnerNotices(clients.dynamoDb(), settings.ownerNoticesTable(), operatorLog),
            new DynamoDbDeletionJobs(clients.dynamoDb(), settings.deletionJobsTable()),
            new NoticeEmails(
                new DynamoDbBots(clients.dynamoDb(), settings.botsTable(), operatorLog),
                new DynamoDbClientAppNames(clients.dynamoDb(), settings.clientAppsTable())),
            limits(settings.rateLimitsTable()).mails(settings.mailsPerHour()),
            new SesOwnerMail(clients.ses(MAIL_TIMEOUT), settings.senderAddress()),
            new SendOwnerNotices.Telling(clock, operatorLog, metrics()),
            MAIL_TIMEOUT);
    HousekeepingTask sweepHolds =
        new SweepHolds(
            new DynamoDbHoldSweeps(
                clients.dynamoDb(), settings.holdsTable(), settings.retention(), operatorLog),
            clock,
            operatorLog,
            metrics());
    PreviewEnvironment.Upkeep previews = read(PreviewEnvironment.Upkeep::new);
    return new KeepHouse(
        List.of(
            previews().sweep(previews, metrics()),
            sweepHolds,
            sendOwnerNotices,
            previews().forget(previews)),
        operatorLog);
  }

  private <T> T read(Function<EnvironmentReader, T> settings) {
    return EnvironmentReader.read(environment, settings);
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
