package conversations.deletion.local.engine;

import conversations.deletion.adapter.dynamodb.DynamoDbChangeLog;
import conversations.deletion.adapter.dynamodb.DynamoDbCreationDates;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbJobCancellations;
import conversations.deletion.adapter.dynamodb.DynamoDbJobChunks;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSubmissions;
import conversations.deletion.adapter.dynamodb.DynamoDbOpenJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviews;
import conversations.deletion.adapter.sqs.SqsJobQueue;
import conversations.deletion.application.jobs.AnnounceJob;
import conversations.deletion.application.jobs.CancelDeletionJob;
import conversations.deletion.application.jobs.CancelDeletionJob.Cancellation;
import conversations.deletion.application.jobs.FixTarget;
import conversations.deletion.application.jobs.LimitOpenJobs;
import conversations.deletion.application.jobs.RequirePreview;
import conversations.deletion.application.jobs.SubmissionSettings;
import conversations.deletion.application.jobs.SubmitDeletionJob;
import conversations.deletion.application.jobs.SubmitDeletionJob.Accepted;
import conversations.deletion.application.jobs.SubmitDeletionJob.Outcome;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.DeletionRequest.ByPreview;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.StackKey;
import conversations.deletion.domain.Submission;
import conversations.deletion.domain.Terms;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.Silence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The jobs of the platform's bot, as a client app submits, cancels and reads them. */
final class Jobs {

  static final ClientAppId CLIENT_APP = new ClientAppId("engine-tests");

  private static final StackKey STACK_KEY = new StackKey(new byte[32]);
  private static final String JOBS = "DeletionJobsTable";
  private static final String CHUNKS = "DeletionJobConversationsTable";
  private static final String CHANGE_LOG = "ChangeLogTable";
  private static final String PREVIEWS = "DeletionPreviewsTable";

  private final Stack stack;
  private final Platform platform;
  private final TestTime time;
  private final Supplier<OffPeakWindow> window;

  /** Whether owners are told at submission too. */
  boolean tellOwners;

  Jobs(Stack stack, Platform platform, TestTime time, Supplier<OffPeakWindow> window) {
    this.stack = stack;
    this.platform = platform;
    this.time = time;
    this.window = window;
  }

  DeletionJob submit(ConversationId... conversations) {
    return submit(new ByConversations(List.of(conversations)));
  }

  /** Submits a job for all conversations of the channel user up to now. */
  DeletionJob submitUser() {
    return submitUser(Optional.empty(), Optional.empty());
  }

  DeletionJob submitUser(Optional<Instant> start, Optional<Instant> end) {
    return submit(new ByChannelUser(platform.user, start, end));
  }

  /** As {@link #submitUser()}, but long enough ago that the index has settled. */
  DeletionJob submitSettledUser() {
    DeletionJob job = submitUser();
    time.advance(Duration.ofMinutes(5));
    return job;
  }

  private DeletionJob submit(DeletionRequest request) {
    return ((Accepted) submit(request, Optional.empty())).job();
  }

  /** Submits a job for what a preview lists. */
  DeletionJob submit(Preview preview) {
    return submit(new ByPreview(preview.id(), Terms.NONE));
  }

  Outcome submit(DeletionRequest request, Optional<IdempotencyKey> key) {
    return submission()
        .submit(
            new Submission<>(
                platform.bot(),
                CLIENT_APP,
                key,
                UUID.randomUUID().toString(),
                request,
                time.instant()));
  }

  private SubmitDeletionJob submission() {
    return new SubmitDeletionJob(
        new DynamoDbJobSubmissions(
            stack.dynamoDb(),
            stack.table(JOBS),
            stack.table(CHUNKS),
            stack.table(CHANGE_LOG),
            stack.table(PREVIEWS),
            Engine.RETENTION,
            tellOwners ? Optional.of(stack.table("OwnerNoticesTable")) : Optional.empty()),
        new LimitOpenJobs(
            new DynamoDbOpenJobs(stack.dynamoDb(), stack.table(JOBS)),
            1_000,
            60,
            InstantSource.system(),
            new Silence()),
        () -> STACK_KEY,
        new FixTarget(
            new DynamoDbCreationDates(
                stack.dynamoDb(), stack.table("BotsTable"), stack.table("ChannelUsersTable")),
            new DynamoDbPreviews(stack.dynamoDb(), stack.table(PREVIEWS)),
            RequirePreview.NEVER),
        new AnnounceJob(queue(), new Silence(), _ -> {}),
        new SubmissionSettings(window.get(), Engine.SWEEP_GRACE, Duration.ZERO));
  }

  /** The queue that jobs are sent to. */
  JobQueue queue() {
    return new SqsJobQueue(stack.sqs(), stack.queueUrl("DeletionQueue"));
  }

  Cancellation cancel(DeletionJob job) {
    return new CancelDeletionJob(
            stored(),
            new DynamoDbJobCancellations(
                stack.dynamoDb(), stack.table(JOBS), stack.table(CHANGE_LOG)),
            time,
            new Silence(),
            _ -> {})
        .cancel(job.bot(), job.id(), CLIENT_APP);
  }

  DeletionJob find(DeletionJob job) {
    return stored().find(job.bot(), job.id()).orElseThrow();
  }

  private DynamoDbDeletionJobs stored() {
    return new DynamoDbDeletionJobs(stack.dynamoDb(), stack.table(JOBS));
  }

  JobState state(DeletionJob job) {
    return find(job).state();
  }

  Counts counts(DeletionJob job) {
    return state(job).counts();
  }

  List<Chunk> chunks(DeletionJob job) {
    List<Chunk> chunks = new ArrayList<>();
    chunks(stack.dynamoDb()).forEach(new LeasedJob(job, Long.MAX_VALUE), chunks::add);
    return chunks;
  }

  /** The chunks of all jobs, read and written through this client. */
  JobChunks chunks(DynamoDbClient client) {
    return new DynamoDbJobChunks(client, stack.table(CHUNKS), Engine.RETENTION, time);
  }

  JobConversation outcome(DeletionJob job, ConversationId conversation) {
    return chunks(job).stream()
        .flatMap(chunk -> chunk.conversations().stream())
        .filter(one -> one.conversation().equals(conversation))
        .findFirst()
        .orElseThrow();
  }

  /** The messages of the bot's change log, the latest first. */
  List<String> changeLog() {
    return new DynamoDbChangeLog(stack.dynamoDb(), stack.table(CHANGE_LOG))
        .list(platform.bot(), Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"), 0, 50).stream()
            .map(ChangeLogEntry::message)
            .toList();
  }
}
