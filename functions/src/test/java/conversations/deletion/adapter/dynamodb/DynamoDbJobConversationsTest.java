package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.JobConversations.ConversationPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;

class DynamoDbJobConversationsTest {

  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56.097Z");
  private static final DeletionJob JOB = Jobs.queued(new BotId("st-1"), 1, NOW);

  /** Chunks of these sizes, numbered from 1. */
  private static final class Chunks extends StubDynamoDb {

    private final List<Chunk> chunks;
    private final List<QueryRequest> asked = new ArrayList<>();

    Chunks(List<Integer> sizes) {
      this.chunks =
          IntStream.range(0, sizes.size()).mapToObj(i -> chunk(i + 1, sizes.get(i))).toList();
    }

    private static Chunk chunk(int number, int size) {
      return new Chunk(
          JOB.id(),
          number,
          1,
          IntStream.range(0, size)
              .mapToObj(i -> new ConversationId("c-" + number + "-" + i))
              .map(JobConversation::pending)
              .toList(),
          Optional.empty());
    }

    List<JobConversation> conversations() {
      return chunks.stream().flatMap(chunk -> chunk.conversations().stream()).toList();
    }

    @Override
    public QueryIterable queryPaginator(QueryRequest request) {
      return new QueryIterable(this, request);
    }

    @Override
    public QueryResponse query(QueryRequest request) {
      asked.add(request);
      Map<String, AttributeValue> key = request.exclusiveStartKey();
      int from =
          key.isEmpty()
              ? Integer.parseInt(request.expressionAttributeValues().get(":from").n())
              : Integer.parseInt(key.get("chunk").n()) + 1;
      List<Chunk> page =
          chunks.stream().filter(chunk -> chunk.number() >= from).limit(request.limit()).toList();
      QueryResponse.Builder response =
          QueryResponse.builder()
              .items(page.stream().map(one -> ChunkItems.write(one, JOB, 0, NOW)).toList());
      if (page.size() == request.limit()) {
        response.lastEvaluatedKey(ChunkItems.key(JOB.id(), page.getLast().number()));
      }
      return response.build();
    }
  }

  private static ConversationPage list(Chunks chunks, ConversationPosition from, int limit) {
    return new DynamoDbJobConversations(chunks, "Conversations").list(JOB, from, limit);
  }

  @Property(tries = 300)
  void pagesHoldEachConversationOnceInOrder(
      @ForAll @Size(max = 6) List<@IntRange(max = 12) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 15) int limit) {
    Chunks chunks = new Chunks(sizes);
    List<JobConversation> listed = new ArrayList<>();
    int pages = 0;
    Optional<ConversationPosition> from = Optional.of(ConversationPosition.START);
    while (from.isPresent()) {
      ConversationPage page = list(chunks, from.get(), limit);
      listed.addAll(page.conversations());
      from = page.next();
      pages++;
    }

    assertThat(listed).isEqualTo(chunks.conversations());
    assertThat(pages).isEqualTo(Math.max(1, Math.ceilDiv(listed.size(), limit)));
  }

  @Test
  void aFullPageTakesOneConsistentRequestWhereverItBegins() {
    for (int index : List.of(0, 1, 99)) {
      Chunks chunks = new Chunks(List.of(100, 100, 100, 100));

      ConversationPage page = list(chunks, new ConversationPosition(2, index), 100);

      assertThat(page.conversations())
          .isEqualTo(chunks.conversations().subList(100 + index, 200 + index));
      assertThat(chunks.asked).singleElement().matches(QueryRequest::consistentRead);
    }
  }

  @Test
  void theChunksOfAnEarlierJobWithTheSameIdAreNotListed() {
    Chunks chunks = new Chunks(List.of(2, 2));
    DeletionJob again = Jobs.queued(new BotId("st-1"), 1, NOW.plusMillis(1));

    assertThat(
            new DynamoDbJobConversations(chunks, "Conversations")
                .list(again, ConversationPosition.START, 100))
        .isEqualTo(new ConversationPage(List.of(), Optional.empty()));
  }

  /** A token has such a place if it was forged, or if it outlived its job's conversations. */
  @Test
  void aPlaceWhereNothingIsGivesWhatFollows() {
    Chunks chunks = new Chunks(List.of(2, 2));

    assertThat(list(chunks, new ConversationPosition(1, 7), 100).conversations())
        .isEqualTo(chunks.conversations().subList(2, 4));
    assertThat(list(chunks, new ConversationPosition(999_999_999, 0), 100))
        .isEqualTo(new ConversationPage(List.of(), Optional.empty()));
  }
}
