package conversations.deletion.bench;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationReads;
import conversations.deletion.adapter.dynamodb.DynamoDbCreationDates;
import conversations.deletion.adapter.dynamodb.DynamoDbHoldLooks;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewLeases;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewLists;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewSubmissions;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviews;
import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.adapter.sqs.SqsPreviewQueue;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.previews.CountConversations;
import conversations.deletion.application.previews.FindPreview;
import conversations.deletion.application.previews.ListPreviewConversations;
import conversations.deletion.application.previews.PreviewSettings;
import conversations.deletion.application.previews.RunPreview;
import conversations.deletion.application.previews.SubmitPreview;
import conversations.deletion.application.previews.SubmitPreview.Accepted;
import conversations.deletion.application.previews.TryPreview;
import conversations.deletion.application.reading.Patience;
import conversations.deletion.application.reading.RequireFitStores;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.Tables;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewRef;
import conversations.deletion.domain.PreviewStatus;
import conversations.deletion.domain.StackKey;
import conversations.deletion.domain.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The deployed previews on the stub, beside the engine. Built as {@code config.PreviewWiring}
 * builds them, with the settings that the template's defaults give.
 */
final class BenchedPreviews {

  private static final Duration FUNCTION_TIME = Duration.ofMinutes(5);
  private static final Duration RETENTION = Duration.ofDays(90);
  private static final Duration GOOD_FOR = Duration.ofHours(24);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int READS_AT_ONCE = 16;

  private final DynamoDbPreviews previews;
  private final SubmitPreview submit;
  private final RunPreview run;
  private final ListPreviewConversations list;

  BenchedPreviews(BenchedEngine engine) {
    DynamoDbClient dynamoDb = engine.clients().dynamoDb();
    Clocks clocks = engine.clocks();
    OperatorLog log = BenchedEngine.silentLog();
    Metrics metrics = BenchedEngine.metrics(log);
    Telemetry telemetry = new Telemetry(log, new MetricSums(metrics));
    DynamoDbPreviewLists lists = new DynamoDbPreviewLists(dynamoDb, Tables.PREVIEW_CHUNKS);
    SqsPreviewQueue queue = new SqsPreviewQueue(engine.clients().sqs(), StubAws.PREVIEW_QUEUE_URL);
    PreviewSettings settings =
        new PreviewSettings(
            BenchedEngine.SETTINGS.leaseTerm(),
            BenchedEngine.SETTINGS.deleteReserve(),
            BenchedEngine.SETTINGS.indexSettle(),
            BenchedEngine.SETTINGS.idle(),
            GOOD_FOR,
            READS_AT_ONCE);
    this.previews = new DynamoDbPreviews(dynamoDb, Tables.PREVIEWS);
    this.list = new ListPreviewConversations(previews, lists, clocks.wall());
    this.submit =
        new SubmitPreview(
            new DynamoDbPreviewSubmissions(
                dynamoDb, Tables.PREVIEWS, Tables.PREVIEW_CHUNKS, RETENTION),
            queue,
            () -> new StackKey(new byte[32]),
            new DynamoDbCreationDates(dynamoDb, Tables.BOTS, Tables.CHANNEL_USERS),
            settings.indexSettle(),
            log,
            metrics);
    CountConversations counting =
        new CountConversations(
            new DynamoDbConversationReads(
                dynamoDb,
                RecordsTableShape.ofOwn(RecordsTable.NAME),
                Set.of(),
                telemetry.metrics()),
            engine.attachments(),
            lists,
            new DynamoDbHoldLooks(dynamoDb, Tables.HOLDS, log),
            settings,
            clocks);
    this.run =
        new RunPreview(
            new DynamoDbPreviewLeases(
                dynamoDb, Tables.PREVIEWS, Tables.PREVIEW_CHUNKS, RETENTION, clocks.wall()),
            new TryPreview(
                new RequireFitStores(List.of(), log),
                counting,
                queue,
                settings,
                clocks,
                new AwsOutages(),
                telemetry),
            new Patience(new AwsOutages(), PATIENCE, clocks, log),
            settings,
            clocks,
            telemetry);
  }

  SubmitPreview submission() {
    return submit;
  }

  FindPreview finder() {
    return new FindPreview(previews);
  }

  ListPreviewConversations list() {
    return list;
  }

  /**
   * Submits a preview and does one run.
   *
   * @return the preview, completed
   * @throws IllegalStateException if one run was not enough
   */
  Preview complete(DeletionRequest.Described request) {
    Submission<DeletionRequest.Described> submission =
        new Submission<>(
            BenchedEngine.BOT,
            BenchedEngine.CLIENT_APP,
            Optional.empty(),
            UUID.randomUUID().toString(),
            request,
            BenchedEngine.SUBMITTED_AT);
    return complete(((Accepted) submit.submit(submission)).preview().ref());
  }

  /** Does one run of a preview that was submitted. */
  Preview complete(PreviewRef preview) {
    run.run(preview, FUNCTION_TIME);
    Preview ended = previews.find(preview.bot(), preview.preview()).orElseThrow();
    if (ended.state().status() != PreviewStatus.COMPLETED) {
      throw new IllegalStateException("not completed: " + ended.state());
    }
    return ended;
  }
}
