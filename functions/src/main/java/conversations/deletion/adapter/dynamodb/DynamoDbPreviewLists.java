package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.PreviewLists;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewChunk;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Reads the table of previews' conversations, by queries alone. */
public final class DynamoDbPreviewLists implements PreviewLists {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbPreviewLists(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public List<ConversationId> asked(Preview preview) {
    return query(preview.id(), "chunk = :chunk", PreviewChunkItems.ASKED)
        .filter(item -> PreviewChunkItems.isOf(preview, item))
        .map(PreviewChunkItems::readAsked)
        .findFirst()
        .orElse(List.of());
  }

  @Override
  public Optional<PreviewChunk> find(PreviewId preview, int number) {
    return query(preview, "chunk = :chunk", number).map(PreviewChunkItems::read).findFirst();
  }

  @Override
  public void forEachId(Preview preview, Consumer<ConversationId> consumer) {
    chunksFrom(preview, 1)
        .flatMap(item -> PreviewChunkItems.entries(item).stream())
        .map(PreviewChunkItems::readId)
        .forEach(consumer);
  }

  @Override
  public PreviewPage page(Preview preview, ConversationPosition from, int limit) {
    ChunkPage<PreviewConversation> page =
        ChunkPage.of(
            chunksFrom(preview, from.chunk()).map(PreviewChunkItems::read),
            PreviewChunk::number,
            PreviewChunk::conversations,
            from,
            limit);
    return new PreviewPage(page.entries(), page.next());
  }

  /** What a chunk held whose conversations all turned out not to be meant may still be there. */
  private Stream<Map<String, AttributeValue>> chunksFrom(Preview preview, int number) {
    int last = preview.state().progress().chunks();
    return query(preview.id(), "chunk >= :chunk", number)
        .takeWhile(item -> number(item, ChunkItems.CHUNK) <= last)
        .filter(item -> PreviewChunkItems.isOf(preview, item));
  }

  /** Pages are read from DynamoDB only as far as they are used. */
  private Stream<Map<String, AttributeValue>> query(
      PreviewId preview, String condition, int chunk) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("previewId = :preview AND " + condition)
            .expressionAttributeValues(Map.of(":preview", s(preview.value()), ":chunk", n(chunk)))
            .consistentRead(true)
            .limit(ChunkPage.CHUNKS_AT_A_TIME)
            .build();
    return dynamoDb.queryPaginator(request).items().stream();
  }
}
