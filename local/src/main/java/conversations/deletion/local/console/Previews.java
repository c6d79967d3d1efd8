package conversations.deletion.local.console;

import conversations.deletion.adapter.dynamodb.DynamoDbPreviews;
import conversations.deletion.application.previews.EstimateRates;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.Estimate;
import conversations.deletion.domain.Estimate.Span;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewCounts;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewStatus;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.local.console.OverTime.Dated;
import conversations.deletion.local.console.OverTime.Kind;
import conversations.deletion.local.template.Template;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the previews and the conversations that they list. It reads the tables and not the API, for
 * the reasons for which {@link Jobs} does.
 */
final class Previews {

  private static final int MOST_TOLD = 50;

  /**
   * A preview.
   *
   * @param reason why it failed; null if it did not
   * @param expired whether a job can be made of it no more
   * @param result null if its counts can't be read
   * @param estimate null until it has completed
   */
  record Entry(
      ItemView view, String reason, boolean expired, Result result, EstimatedCosts estimate) {}

  /** What it has counted, by the names that the API uses; the moments are null if none is known. */
  record Result(
      long conversations,
      long records,
      long attachments,
      long bytes,
      long retained,
      long held,
      long heldInConfidence,
      long open,
      long failing,
      long notFound,
      long beforeStart,
      String firstStartedAt,
      String lastStartedAt) {

    private static Result of(PreviewCounts counts) {
      return new Result(
          counts.conversations(),
          counts.extent().records(),
          counts.extent().attachments(),
          counts.extent().bytes(),
          counts.extent().retained(),
          counts.held(),
          counts.heldInConfidence(),
          counts.open(),
          counts.failing(),
          counts.notFound(),
          counts.beforeStart(),
          counts.started().map(DateRange::from).map(Timestamps::format).orElse(null),
          counts.started().map(DateRange::to).map(Timestamps::format).orElse(null));
    }
  }

  /** What a job would take, by the names that the API uses. */
  record EstimatedCosts(
      Span writeUnits, Span listings, Dollars costUsd, long seconds, long windows) {}

  /** A least and a most, with all digits. */
  record Dollars(String least, String most) {}

  /** The newest previews, and how many there are in all. */
  record Found(int found, List<Entry> newest) {}

  /**
   * A preview and a part of its conversations.
   *
   * @param preview null if there is no such preview, or no longer
   * @param next where the next part begins; null if this was the last
   */
  record WithConversations(Entry preview, List<ItemView> conversations, String next) {}

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final DynamoDbPreviews previews;
  private final Chunks chunks;
  private final EstimateRates rates;

  Previews(DynamoDbClient dynamoDb, Template template) {
    this.dynamoDb = dynamoDb;
    this.table = template.tableName("DeletionPreviewsTable");
    this.previews = new DynamoDbPreviews(dynamoDb, table);
    // Chunk 0 has the ids that the request listed.
    this.chunks =
        new Chunks(
            dynamoDb, template.tableName("DeletionPreviewConversationsTable"), "previewId", 1);
    this.rates = new Wiring(template.function("FindPreviewFunction").environment()).estimateRates();
  }

  /** All previews in number, and the newest. */
  Found newest(Instant now) {
    List<Map<String, AttributeValue>> all =
        dynamoDb.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
            .toList();
    return new Found(
        all.size(),
        all.stream()
            .sorted(ItemView.newestFirst("submittedAt"))
            .limit(MOST_TOLD)
            .map(item -> entry(item, now))
            .toList());
  }

  /**
   * A preview, and those of its conversations that one item of their table holds.
   *
   * @param from where the part before this one ended
   * @throws IllegalArgumentException if that is no place
   */
  WithConversations withConversations(
      String botId, String previewId, Optional<String> from, Instant now) {
    Map<String, AttributeValue> item = item(botId, previewId);
    Chunks.Part part = chunks.part(previewId, item, from);
    return new WithConversations(
        item.isEmpty() ? null : entry(item, now), part.conversations(), part.next());
  }

  /** When the conversations of a preview began. */
  OverTime overTime(String botId, String previewId) {
    List<Dated> dated = new ArrayList<>();
    int[] undated = new int[1];
    chunks
        .all(previewId, item(botId, previewId))
        .forEach(
            conversation ->
                startedAt(conversation)
                    .ifPresentOrElse(
                        at -> dated.add(new Dated(at, kind(conversation), records(conversation))),
                        () -> undated[0]++));
    return OverTime.of(dated, undated[0]);
  }

  private Map<String, AttributeValue> item(String botId, String previewId) {
    Map<String, AttributeValue> key =
        Map.of("botId", AttributeValue.fromS(botId), "previewId", AttributeValue.fromS(previewId));
    return dynamoDb.getItem(get -> get.tableName(table).key(key).consistentRead(true)).item();
  }

  private Entry entry(Map<String, AttributeValue> item, Instant now) {
    Optional<Preview> preview = readable(item);
    String reason = ItemView.text(item, "failureReason");
    return new Entry(
        ItemView.of(item),
        reason.isEmpty() ? null : reason,
        preview.filter(one -> one.state().hasExpired(now)).isPresent(),
        preview.map(one -> Result.of(one.state().progress().counts())).orElse(null),
        preview
            .filter(one -> one.state().status() == PreviewStatus.COMPLETED)
            .map(one -> costs(Estimate.of(one.state().progress().counts())))
            .orElse(null));
  }

  /** The preview as the service reads it; empty if the item is too odd for that. */
  private Optional<Preview> readable(Map<String, AttributeValue> item) {
    try {
      return previews.find(
          new BotId(ItemView.text(item, "botId")), new PreviewId(ItemView.text(item, "previewId")));
    } catch (IllegalArgumentException | IllegalStateException | DateTimeException _) {
      // It is shown as it is.
      return Optional.empty();
    }
  }

  private EstimatedCosts costs(Estimate estimate) {
    Span units = estimate.writeUnits();
    Span lists = estimate.lists();
    return new EstimatedCosts(
        units,
        lists,
        new Dollars(
            rates.dollars(units.least(), lists.least()).toPlainString(),
            rates.dollars(units.most(), lists.most()).toPlainString()),
        rates.seconds(estimate),
        rates.windows(estimate));
  }

  private static Optional<Instant> startedAt(Map<String, AttributeValue> conversation) {
    try {
      return Optional.of(Instant.parse(ItemView.text(conversation, "startedAt")));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Kind kind(Map<String, AttributeValue> conversation) {
    if (conversation.containsKey("reason")) {
      return Kind.FAILING;
    }
    if (conversation.containsKey("held")) {
      return Kind.HELD;
    }
    return conversation.containsKey("open") ? Kind.OPEN : Kind.READY;
  }

  /** Those of an odd entry are none. */
  private static long records(Map<String, AttributeValue> conversation) {
    String records = ItemView.text(conversation, "records");
    return records.matches("\\d{1,9}") ? Long.parseLong(records) : 0;
  }
}
