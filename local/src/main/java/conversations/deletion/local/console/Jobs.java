package conversations.deletion.local.console;

import conversations.deletion.local.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the jobs and what became of their conversations. It reads the tables and not the API: the
 * API would count each look against the bot's limits, and does not answer for an item that it can't
 * read.
 */
final class Jobs {

  private static final int MOST_TOLD = 50;

  /** Only a job that has ended has it. */
  private static final String ENDED = "completedAt";

  private static final String SUBMITTED = "submittedAt";

  /**
   * Which jobs to find.
   *
   * @param status {@code open}, {@code ended}, or the status itself
   * @param text text that the job's item contains
   */
  record Filter(Optional<String> status, Optional<String> text) {

    private boolean isFor(Map<String, AttributeValue> job) {
      return status.map(wanted -> hasStatus(job, wanted)).orElse(true)
          && text.map(part -> ItemView.of(job).holds(part)).orElse(true);
    }

    private static boolean hasStatus(Map<String, AttributeValue> job, String wanted) {
      return switch (wanted) {
        case "open" -> !job.containsKey(ENDED);
        case "ended" -> job.containsKey(ENDED);
        default -> ItemView.text(job, "status").equals(wanted);
      };
    }
  }

  /**
   * All jobs in numbers, and the newest of those found.
   *
   * @param found how many there are in all that match
   */
  record Found(int open, int ended, int found, List<ItemView> newest) {}

  /**
   * A job, and a part of its conversations.
   *
   * @param job null if there is no such job, or no longer
   * @param conversations the entry of each conversation; what can't be one is there too, as it is
   * @param next where the next part begins; null if this was the last
   */
  record WithConversations(ItemView job, List<ItemView> conversations, String next) {}

  private final DynamoDbClient dynamoDb;
  private final String jobs;
  private final Chunks chunks;

  Jobs(DynamoDbClient dynamoDb, Template template) {
    this.dynamoDb = dynamoDb;
    this.jobs = template.tableName("DeletionJobsTable");
    this.chunks =
        new Chunks(dynamoDb, template.tableName("DeletionJobConversationsTable"), "jobId", 0);
  }

  /** All jobs are looked at, because those that lack an attribute are in no index. */
  Found find(Filter filter) {
    List<Map<String, AttributeValue>> all =
        dynamoDb.scanPaginator(scan -> scan.tableName(jobs).consistentRead(true)).items().stream()
            .toList();
    List<Map<String, AttributeValue>> found = all.stream().filter(filter::isFor).toList();
    int ended = Math.toIntExact(all.stream().filter(job -> job.containsKey(ENDED)).count());
    return new Found(
        all.size() - ended,
        ended,
        found.size(),
        found.stream()
            .sorted(ItemView.newestFirst(SUBMITTED))
            .limit(MOST_TOLD)
            .map(ItemView::of)
            .toList());
  }

  /**
   * A job, and those of its conversations that one item of their table holds.
   *
   * @param from where the part before this one ended
   * @throws IllegalArgumentException if that is no place
   */
  WithConversations withConversations(String botId, String jobId, Optional<String> from) {
    Map<String, AttributeValue> key =
        Map.of("botId", AttributeValue.fromS(botId), "jobId", AttributeValue.fromS(jobId));
    Map<String, AttributeValue> job =
        dynamoDb.getItem(get -> get.tableName(jobs).key(key).consistentRead(true)).item();
    Chunks.Part part = chunks.part(jobId, job, from);
    return new WithConversations(
        job.isEmpty() ? null : ItemView.of(job), part.conversations(), part.next());
  }
}
