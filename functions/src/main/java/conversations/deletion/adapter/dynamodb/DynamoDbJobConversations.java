package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.JobConversations;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Lists the conversations of a job from the table of jobs' conversations. */
public final class DynamoDbJobConversations implements JobConversations {

  /** A full page, and the entry that tells whether more follows, lie in at most two full chunks. */
  private static final int CHUNKS_AT_A_TIME = 2;

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbJobConversations(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public ConversationPage list(DeletionJob job, ConversationPosition from, int limit) {
    List<JobConversation> page = new ArrayList<>();
    for (Map<String, AttributeValue> item : chunksFrom(job, from.chunk())) {
      if (!ChunkItems.isOf(job, item)) {
        continue;
      }
      Chunk chunk = ChunkItems.read(item);
      List<JobConversation> conversations = chunk.conversations();
      int first = chunk.number() == from.chunk() ? from.index() : 0;
      for (int index = first; index < conversations.size(); index++) {
        if (page.size() == limit) {
          return new ConversationPage(
              List.copyOf(page), Optional.of(new ConversationPosition(chunk.number(), index)));
        }
        page.add(conversations.get(index));
      }
    }
    return new ConversationPage(List.copyOf(page), Optional.empty());
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
                    .limit(CHUNKS_AT_A_TIME))
        .items();
  }
}
