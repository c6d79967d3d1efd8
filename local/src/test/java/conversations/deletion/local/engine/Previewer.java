package conversations.deletion.local.engine;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbCreationDates;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewLeases;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewLists;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewSubmissions;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewSweeps;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviews;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.housekeeping.ForgetPreviews;
import conversations.deletion.application.housekeeping.SweepPreviews;
import conversations.deletion.application.port.AttachmentLists;
import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.PreviewLeases;
import conversations.deletion.application.port.PreviewLists;
import conversations.deletion.application.port.StoreFitness;
import conversations.deletion.application.previews.CountConversations;
import conversations.deletion.application.previews.ListPreviewConversations;
import conversations.deletion.application.previews.ListPreviewConversations.Page;
import conversations.deletion.application.previews.PreviewSettings;
import conversations.deletion.application.previews.RunPreview;
import conversations.deletion.application.previews.SubmitPreview;
import conversations.deletion.application.previews.SubmitPreview.Accepted;
import conversations.deletion.application.previews.SubmitPreview.Outcome;
import conversations.deletion.application.previews.TryPreview;
import conversations.deletion.application.reading.Patience;
import conversations.deletion.application.reading.RequireFitStores;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewRef;
import conversations.deletion.domain.StackKey;
import conversations.deletion.domain.Submission;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.Silence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The previews of the engine's platform, as client apps, workers and the housekeeping see them. */
final class Previewer {

  static final Duration INDEX_SETTLE = Duration.ofMinutes(1);
  static final Duration GOOD_FOR = Duration.ofHours(24);

  private static final StackKey STACK_KEY = new StackKey(new byte[32]);

  private final Engine engine;
  private final Stack stack;

  /** The messages that were sent, the oldest first, with their delays. */
  final List<Sent> sent = new ArrayList<>();

  /** Is told the name of each call of a run, before it is made. */
  Consumer<String> beforeCall = _ -> {};

  /** The most records of a page. */
  int pageSize = Integer.MAX_VALUE;

  /** Of a table that is not fit. */
  List<String> faults = List.of();

  record Sent(PreviewRef preview, Duration delay) {}

  Previewer(Engine engine) {
    this.engine = engine;
    this.stack = engine.stack;
  }

  Preview submit(DeletionRequest.Described request) {
    return ((Accepted) submit(request, Optional.empty())).preview();
  }

  Outcome submit(DeletionRequest.Described request, Optional<IdempotencyKey> key) {
    return new SubmitPreview(
            new DynamoDbPreviewSubmissions(
                stack.dynamoDb(), previewsTable(), listsTable(), Engine.RETENTION),
            this::send,
            () -> STACK_KEY,
            new DynamoDbCreationDates(
                stack.dynamoDb(), stack.table("BotsTable"), stack.table("ChannelUsersTable")),
            INDEX_SETTLE,
            new Silence(),
            _ -> {})
        .submit(
            new Submission<>(
                engine.platform.bot(),
                Jobs.CLIENT_APP,
                key,
                UUID.randomUUID().toString(),
                request,
                engine.time.instant()));
  }

  private void send(PreviewRef preview, Duration delay) {
    sent.add(new Sent(preview, delay));
  }

  /** One run of the function, by a worker of its own. */
  void run(Preview preview, Duration functionTime) {
    engine.network.revive();
    Clocks clocks = new Clocks(engine.time, engine.time, engine.time);
    Telemetry telemetry = new Telemetry(engine.log, new MetricSums(_ -> {}));
    PreviewSettings settings =
        new PreviewSettings(
            Engine.LEASE_TERM, Engine.DELETE_RESERVE, INDEX_SETTLE, Engine.IDLE, GOOD_FOR, 4);
    StoreFitness fitness = () -> faults;
    new RunPreview(
            watched(
                PreviewLeases.class,
                new DynamoDbPreviewLeases(
                    engine.worker.dynamoDb(),
                    previewsTable(),
                    listsTable(),
                    Engine.RETENTION,
                    engine.time)),
            new TryPreview(
                new RequireFitStores(List.of(fitness), engine.log),
                new CountConversations(
                    watched(ConversationReads.class, paged()),
                    watched(AttachmentLists.class, engine.attachments),
                    watched(PreviewLists.class, lists()),
                    watched(HoldLooks.class, engine.holds.looks()),
                    settings,
                    clocks),
                this::send,
                settings,
                clocks,
                new AwsOutages(),
                telemetry),
            new Patience(new AwsOutages(), Duration.ofSeconds(30), clocks, engine.log),
            settings,
            clocks,
            telemetry)
        .run(preview.ref(), functionTime);
  }

  private ConversationReads paged() {
    return new RecordsDecorator(engine.records) {
      @Override
      public RecordPage read(
          BotId bot,
          ConversationId conversation,
          Optional<String> after,
          int limit,
          Consistency consistency) {
        return super.read(bot, conversation, after, Math.min(limit, pageSize), consistency);
      }
    };
  }

  private <T> T watched(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              beforeCall.accept(method.getName());
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** Runs as often as it takes, each time when the last message is due. */
  Preview complete(Preview preview) {
    for (int runs = 0; runs < 90 && !find(preview).state().status().isEnd(); runs++) {
      if (!sent.isEmpty()) {
        engine.time.advance(sent.removeLast().delay());
      }
      run(preview, Duration.ofMinutes(5));
    }
    return find(preview);
  }

  Preview find(Preview preview) {
    return new DynamoDbPreviews(stack.dynamoDb(), previewsTable())
        .find(preview.bot(), preview.id())
        .orElseThrow();
  }

  /** All that it lists, page by page. */
  List<PreviewConversation> listed(Preview preview) {
    List<PreviewConversation> all = new ArrayList<>();
    Optional<ConversationPosition> from = Optional.of(ConversationPosition.START);
    while (from.isPresent()) {
      Page page = (Page) list(preview, from.get(), 3);
      all.addAll(page.page().conversations());
      from = page.page().next();
    }
    return all;
  }

  ListPreviewConversations.Result list(Preview preview, ConversationPosition from, int limit) {
    return new ListPreviewConversations(
            new DynamoDbPreviews(stack.dynamoDb(), previewsTable()), lists(), engine.time)
        .list(preview.bot(), preview.id(), from, limit);
  }

  PreviewConversation listed(Preview preview, ConversationId conversation) {
    return listed(preview).stream()
        .filter(one -> one.conversation().equals(conversation))
        .findFirst()
        .orElseThrow();
  }

  int sweep() {
    return new SweepPreviews(sweeps(), this::send, engine.time, new Silence(), _ -> {})
        .run(() -> Duration.ofMinutes(2));
  }

  int forget() {
    return new ForgetPreviews(
            sweeps(),
            new DynamoDbDeletionJobs(stack.dynamoDb(), stack.table("DeletionJobsTable")),
            engine.time,
            new Silence())
        .run(() -> Duration.ofMinutes(2));
  }

  private DynamoDbPreviewSweeps sweeps() {
    return new DynamoDbPreviewSweeps(
        stack.dynamoDb(), previewsTable(), listsTable(), Engine.RETENTION, engine.log);
  }

  DynamoDbPreviewLists lists() {
    return new DynamoDbPreviewLists(engine.worker.dynamoDb(), listsTable());
  }

  private String previewsTable() {
    return stack.table("DeletionPreviewsTable");
  }

  private String listsTable() {
    return stack.table("DeletionPreviewConversationsTable");
  }
}
