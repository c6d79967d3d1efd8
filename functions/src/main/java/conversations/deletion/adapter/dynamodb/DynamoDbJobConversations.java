package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.JobConversations;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import java.util.Map;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Lists the conversations of a job from the table of jobs' conversations. */
public final class DynamoDbJobConversations implements JobConversations {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbJobConversations(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public ConversationPage list(DeletionJob job, ConversationPosition from, int limit) {
    ChunkPage<JobConversation> page =
        ChunkPage.of(
            chunksFrom(job, from.chunk()).stream()
                .filter(item -> ChunkItems.isOf(job, item))
                .map(ChunkItems::read),
            Chunk::number,
            Chunk::conversations,
            from,
            limit);
    return new ConversationPage(page.entries(), page.next());
  }

  /** The chunks from this one on. They are read from DynamoDB only as far as they are used. */
  private SdkIterable<Map<String, AttributeValue>> chunksFrom(DeletionJob job, int number) {
    return dynamoDb
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression("jobId = :job AND chunk >= :from")
                    .expressionAttributeValues(
                        Map.of(":job", s(job.id().value()), ":from", n(number)))
                    .consistentRead(true)
                    .limit(ChunkPage.CHUNKS_AT_A_TIME))
        .items();
  }
}
