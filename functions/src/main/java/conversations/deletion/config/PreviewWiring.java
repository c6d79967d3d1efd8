package conversations.deletion.config;

import conversations.deletion.adapter.dynamodb.DynamoDbConversationReads;
import conversations.deletion.adapter.dynamodb.DynamoDbCreationDates;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbHoldLooks;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewLeases;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewLists;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewSubmissions;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewSweeps;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviews;
import conversations.deletion.adapter.secretsmanager.SecretsManagerStackSecret;
import conversations.deletion.adapter.sqs.SqsPreviewQueue;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.housekeeping.ForgetPreviews;
import conversations.deletion.application.housekeeping.SweepPreviews;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.PreviewQueue;
import conversations.deletion.application.previews.CountConversations;
import conversations.deletion.application.previews.FindPreview;
import conversations.deletion.application.previews.ListPreviewConversations;
import conversations.deletion.application.previews.PreviewSettings;
import conversations.deletion.application.previews.RunPreview;
import conversations.deletion.application.previews.SubmitPreview;
import conversations.deletion.application.previews.TryPreview;
import conversations.deletion.application.reading.Patience;
import conversations.deletion.application.reading.RequireFitStores;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import java.time.Duration;

/** Puts together what previews need. */
record PreviewWiring(SdkClients clients, Clocks clocks, Outages outages, Telemetry telemetry) {

  /** For how long a call is made again that fails for an outage. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int READS_AT_ONCE = 16;

  SubmitPreview submit(PreviewEnvironment.Submission settings, Metrics metrics) {
    return new SubmitPreview(
        new DynamoDbPreviewSubmissions(
            clients.dynamoDb(),
            settings.previewsTable(),
            settings.previewConversationsTable(),
            settings.retention()),
        queue(settings.queueUrl()),
        new SecretsManagerStackSecret(clients.secretsManager(), settings.stackSecretArn()),
        new DynamoDbCreationDates(
            clients.dynamoDb(), settings.botsTable(), settings.channelUsersTable()),
        settings.indexSettle(),
        telemetry.log(),
        metrics);
  }

  private PreviewQueue queue(String url) {
    return new SqsPreviewQueue(clients.sqs(), url);
  }

  FindPreview find(PreviewEnvironment.Lookup settings) {
    return new FindPreview(new DynamoDbPreviews(clients.dynamoDb(), settings.previewsTable()));
  }

  ListPreviewConversations list(PreviewEnvironment.Listing settings) {
    return new ListPreviewConversations(
        new DynamoDbPreviews(clients.dynamoDb(), settings.previewsTable()),
        lists(settings),
        clocks.wall());
  }

  private DynamoDbPreviewLists lists(PreviewEnvironment.Listing settings) {
    return new DynamoDbPreviewLists(clients.dynamoDb(), settings.previewConversationsTable());
  }

  /**
   * @param reserve no read starts with less time left than this
   */
  RunPreview run(PreviewEnvironment.Work work, RequireFitStores stores, Duration reserve) {
    PreviewSettings settings =
        new PreviewSettings(
            work.leaseTerm(),
            reserve,
            work.indexSettle(),
            work.conversationIdle(),
            work.goodFor(),
            READS_AT_ONCE);
    MetricSums metrics = telemetry.metrics();
    CountConversations counting =
        new CountConversations(
            new DynamoDbConversationReads(
                clients.dynamoDb(), work.records(), work.retainedTypes(), metrics),
            new AttachmentStore(work.attachments(), clients, outages).lists(),
            lists(work.tables()),
            new DynamoDbHoldLooks(clients.dynamoDb(), work.holdsTable(), telemetry.log()),
            settings,
            clocks);
    return new RunPreview(
        new DynamoDbPreviewLeases(
            clients.dynamoDb(),
            work.tables().previewsTable(),
            work.tables().previewConversationsTable(),
            work.retention(),
            clocks.wall()),
        new TryPreview(
            stores, counting, queue(work.queueUrl()), settings, clocks, outages, telemetry),
        new Patience(outages, PATIENCE, clocks, telemetry.log()),
        settings,
        clocks,
        telemetry);
  }

  SweepPreviews sweep(PreviewEnvironment.Upkeep settings, Metrics metrics) {
    return new SweepPreviews(
        sweeps(settings), queue(settings.queueUrl()), clocks.wall(), telemetry.log(), metrics);
  }

  ForgetPreviews forget(PreviewEnvironment.Upkeep settings) {
    return new ForgetPreviews(
        sweeps(settings),
        new DynamoDbDeletionJobs(clients.dynamoDb(), settings.deletionJobsTable()),
        clocks.wall(),
        telemetry.log());
  }

  private DynamoDbPreviewSweeps sweeps(PreviewEnvironment.Upkeep settings) {
    return new DynamoDbPreviewSweeps(
        clients.dynamoDb(),
        settings.tables().previewsTable(),
        settings.tables().previewConversationsTable(),
        settings.retention(),
        telemetry.log());
  }
}
