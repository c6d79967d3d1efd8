package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbBots;
import conversations.deletion.adapter.dynamodb.DynamoDbClientAppNames;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationReads;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationRecords;
import conversations.deletion.adapter.dynamodb.DynamoDbJobLeases;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSweeps;
import conversations.deletion.adapter.dynamodb.DynamoDbOpenJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewLists;
import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.adapter.ses.SesOwnerMail;
import conversations.deletion.adapter.sqs.SqsJobMessages;
import conversations.deletion.adapter.sqs.SqsJobQueue;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.Pause;
import conversations.deletion.application.mail.MailLimit;
import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.application.offpeak.RunSummary;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ClientAppNames;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.OwnerMail;
import conversations.deletion.application.port.PreviewLists;
import conversations.deletion.application.port.UntoldJobs;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.config.EnginePorts;
import conversations.deletion.config.EngineWiring;
import conversations.deletion.config.JobStore;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.local.QueueByHand;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.Silence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The off-peak engine with its real adapters, on a stack of its own. The test controls the time.
 */
final class Engine implements AutoCloseable {

  static final Duration LEASE_TERM = Duration.ofSeconds(60);
  static final Duration DELETE_RESERVE = Duration.ofSeconds(8);
  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration SWEEP_GRACE = Duration.ofMinutes(15);
  static final Duration RETENTION = Duration.ofDays(90);
  static final Duration DETAIL_RETENTION = Duration.ofDays(30);
  static final Duration BACKUPS = Duration.ofDays(7);
  static final Duration FUNCTION_TIME = Duration.ofMinutes(15);
  private static final String SENDER = "deletions@platform.example";

  private final Instant start = Timestamps.toMillis(Instant.now());
  final TestTime time = new TestTime(start);
  final OutageHttpClient outages = new OutageHttpClient(UrlConnectionHttpClient.builder().build());
  final FaultyHttpClient network = new FaultyHttpClient(outages);
  final Interception interception = new Interception();
  final List<OwnerMail.Email> mails = new ArrayList<>();

  /** The sums of what runs reported. */
  final Map<Metric, Long> reported = new ConcurrentHashMap<>();

  private final MetricSums metrics =
      new MetricSums(
          all -> all.forEach((metric, value) -> reported.merge(metric, value, Long::sum)));

  OffPeakWindow window = new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC);
  OwnerMail mail = mails::add;
  MailLimit mailLimit = (_, _) -> 19;
  OperatorLog log = new Silence();
  int jobsAtOnce = 1;
  int chunksAtOnce = 1;
  int deleteConcurrency = 4;
  Duration functionTime = FUNCTION_TIME;
  Duration checkpointInterval = Duration.ZERO;
  private Pause pause = time;

  final Stack stack = new Stack();
  final QueueByHand queue = new QueueByHand(stack);
  final JobsByHand jobsByHand = new JobsByHand(stack);
  final Platform platform = new Platform(stack, time);
  final Jobs jobs = new Jobs(stack, platform, time, () -> window);

  final WorkerClients worker = WorkerClients.over(network, stack.endpoints(), Stack.REGION);
  ConversationRecords records =
      new DynamoDbConversationRecords(
          new DynamoDbConversationReads(
              worker.dynamoDb(),
              RecordsTableShape.ofOwn(stack.table("ConversationRecordsTable")),
              Set.of(),
              metrics),
          worker.singleAttemptDynamoDb(),
          RecordsTableShape.ofOwn(stack.table("ConversationRecordsTable")),
          new AwsOutages(),
          metrics);

  /** None, unless a test has a bucket. */
  Attachments attachments = Attachments.NONE;

  final PlacedHolds holds = new PlacedHolds(this);
  final PlatformBucket bucket;

  Engine() {
    bucket = new PlatformBucket(stack.s3(), stack.attachmentsBucket(), platform::bot);
  }

  /** Lets the engine know the platform's bucket. */
  void useBucket() {
    attachments = worker.s3().attachments(stack.attachmentsBucket());
  }

  /** Continues with another bot of the platform, and an empty queue. */
  void anotherBot() {
    platform.anotherBot();
    time.setWallClock(start);
    mails.clear();
    reported.clear();
    queue.lose();
  }

  /** Lets pauses take as long as they say, so that one thread's pauses do not outrun the others. */
  void passTimeForReal() {
    pause =
        duration -> {
          Thread.sleep(duration);
          time.advance(duration);
        };
  }

  /** The e-mail service, behind the same network as everything else. */
  OwnerMail emailService() {
    stack.ses().verifyEmailIdentity(request -> request.emailAddress(SENDER));
    return new SesOwnerMail(worker.ses(), SENDER);
  }

  /** How many mails about the job the e-mail service has taken. */
  int deliveredMails(DeletionJob job) {
    return Math.toIntExact(
        stack.mails().stream().filter(mail -> mail.text().contains(job.id().value())).count());
  }

  /** The environment variables of the off-peak function in a process of its own. */
  Map<String, String> offPeakEnvironment() {
    Map<String, String> environment = stack.environment("OffPeakFunction");
    environment.put("OFF_PEAK_HOURS", "*");
    return environment;
  }

  /** One run of the scheduled function, by a worker of its own. */
  RunSummary run() {
    return run(functionTime);
  }

  RunSummary run(Duration functionTime) {
    network.revive();
    return runner().run(functionTime);
  }

  JobLeases leases() {
    return new DynamoDbJobLeases(
        worker.dynamoDb(),
        stack.table("DeletionJobsTable"),
        stack.table("ChangeLogTable"),
        stack.table("OwnerNoticesTable"),
        RETENTION,
        DETAIL_RETENTION);
  }

  JobSweeps sweeps() {
    return new DynamoDbJobSweeps(
        worker.dynamoDb(), stack.table("DeletionJobsTable"), new Silence());
  }

  private PreviewLists previewLists() {
    return new DynamoDbPreviewLists(
        worker.dynamoDb(), stack.table("DeletionPreviewConversationsTable"));
  }

  JobChunks jobChunks() {
    return jobs.chunks(worker.dynamoDb());
  }

  private RunOffPeakDeletions runner() {
    return EngineWiring.runOffPeakDeletions(
        new EnginePorts(
            new JobStore(
                interception.of(JobLeases.class, leases()),
                interception.of(JobSweeps.class, sweeps()),
                interception.of(JobChunks.class, jobChunks()),
                interception.of(PreviewLists.class, previewLists()),
                interception.of(
                    UntoldJobs.class,
                    new DynamoDbOpenJobs(worker.dynamoDb(), stack.table("DeletionJobsTable")))),
            interception.of(HoldLooks.class, holds.looks()),
            interception.of(
                JobQueue.class, new SqsJobQueue(worker.sqs(), stack.queueUrl("DeletionQueue"))),
            interception.of(
                JobMessages.class,
                new SqsJobMessages(
                    worker.sqs(),
                    stack.queueUrl("DeletionQueue"),
                    stack.queueUrl("DeletionDeadLetterQueue"),
                    Duration.ZERO)),
            interception.of(ConversationRecords.class, records),
            interception.of(Attachments.class, attachments),
            interception.of(
                Bots.class,
                new DynamoDbBots(worker.dynamoDb(), stack.table("BotsTable"), new Silence())),
            interception.of(
                ClientAppNames.class,
                new DynamoDbClientAppNames(worker.dynamoDb(), stack.table("ClientAppsTable"))),
            mailLimit,
            interception.of(OwnerMail.class, mail),
            new AwsOutages()),
        EngineSettings.of(
            window,
            engine -> {
              engine.leaseTerm = LEASE_TERM;
              engine.deleteReserve = DELETE_RESERVE;
              engine.idle = IDLE;
              engine.patience = Duration.ofMinutes(2);
              engine.sweepGrace = SWEEP_GRACE;
              engine.checkpointInterval = checkpointInterval;
              engine.jobsAtOnce = jobsAtOnce;
              engine.chunksAtOnce = chunksAtOnce;
              engine.deleteConcurrency = deleteConcurrency;
              engine.readConcurrency = deleteConcurrency;
              engine.backups = BACKUPS;
            }),
        new Clocks(time, time, pause),
        new Telemetry(log, metrics));
  }

  /** Runs until the job is closed, as the schedule would. Each run begins when something is due. */
  DeletionJob runUntilClosed(DeletionJob job) {
    for (int runs = 0; runs < 40 && !jobs.state(job).isClosed(); runs++) {
      try {
        run();
      } catch (Killed | SdkException _) {
        // The next run begins when the schedule ticks.
      }
      jobsByHand.nextSweep(job).ifPresent(time::advanceTo);
      time.advance(Duration.ofSeconds(1));
      showMessages();
    }
    DeletionJob closed = jobs.find(job);
    assertThat(closed.state().isClosed()).as("the job has ended: %s", closed).isTrue();
    return closed;
  }

  /**
   * Submits these conversations and runs once. Records of the stuck one stay if their keys begin
   * with this prefix.
   */
  DeletionJob runStuck(String stayingKeys, ConversationId stuck, ConversationId... others) {
    ConversationRecords healthy = records;
    records = new RefusingRecords(healthy, stuck, stayingKeys);
    DeletionJob job =
        jobs.submit(
            Stream.concat(Stream.of(stuck), Stream.of(others)).toArray(ConversationId[]::new));
    run();
    records = healthy;
    return job;
  }

  /** Makes the messages visible again that a worker received and did not remove. */
  void showMessages() {
    queue.show(network.receipts());
  }

  /** A window that is open only in this moment's hour of the day, in UTC. */
  static OffPeakWindow hourOf(Instant moment) {
    int hour = moment.atOffset(ZoneOffset.UTC).getHour();
    return new OffPeakWindow(OffPeakHours.parse(Integer.toString(hour)), ZoneOffset.UTC);
  }

  @Override
  public void close() {
    worker.close();
    stack.close();
  }
}
