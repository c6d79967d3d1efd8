package conversations.deletion.local.console;

import conversations.deletion.local.template.Template;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the holds, and which jobs wait for them. It reads the tables and not the API, for the
 * reasons for which {@link Jobs} does.
 */
final class Holds {

  private static final int MOST_TOLD = 50;

  /** What the item key of a hold begins with. The other items say what a hold is on. */
  private static final String HOLD = "hold#";

  /** A job that waits for a hold. */
  record Waiting(String botId, String jobId, String since) {}

  /** A hold and the jobs that wait for it now. */
  record Entry(ItemView view, String botId, String holdId, List<Waiting> waiting) {}

  /** All holds in numbers, and the newest. */
  record Found(int standing, int released, List<Entry> newest) {}

  /** A hold's id is its own only within its bot. */
  private record Key(String botId, String holdId) {}

  private final DynamoDbClient dynamoDb;
  private final String holds;
  private final String jobs;

  Holds(DynamoDbClient dynamoDb, Template template) {
    this.dynamoDb = dynamoDb;
    this.holds = template.tableName("HoldsTable");
    this.jobs = template.tableName("DeletionJobsTable");
  }

  /** All holds in number, and the newest with the jobs that wait for them. */
  Found newest() {
    List<Map<String, AttributeValue>> all =
        items(holds).filter(item -> ItemView.text(item, "itemKey").startsWith(HOLD)).toList();
    int released =
        Math.toIntExact(all.stream().filter(hold -> hold.containsKey("releasedAt")).count());
    Map<Key, List<Waiting>> waiting = waiting();
    return new Found(
        all.size() - released,
        released,
        all.stream()
            .sorted(ItemView.newestFirst("placedAt"))
            .limit(MOST_TOLD)
            .map(item -> entry(item, waiting))
            .toList());
  }

  private static Entry entry(Map<String, AttributeValue> item, Map<Key, List<Waiting>> waiting) {
    Key key =
        new Key(
            ItemView.text(item, "holdKey"),
            ItemView.text(item, "itemKey").substring(HOLD.length()));
    return new Entry(
        ItemView.of(item), key.botId(), key.holdId(), waiting.getOrDefault(key, List.of()));
  }

  /** A job keeps the names of its holds when it goes on, so it is asked where it stands. */
  private Map<Key, List<Waiting>> waiting() {
    record Wait(Key hold, Waiting job) {}
    return items(jobs)
        .filter(job -> ItemView.text(job, "openGroup").equals("on_hold"))
        .flatMap(
            job -> {
              String bot = ItemView.text(job, "botId");
              Waiting waiting =
                  new Waiting(bot, ItemView.text(job, "jobId"), ItemView.text(job, "onHoldSince"));
              return job.containsKey("waitsForHolds")
                  ? job.get("waitsForHolds").ss().stream()
                      .map(hold -> new Wait(new Key(bot, hold), waiting))
                  : Stream.empty();
            })
        .collect(
            Collectors.groupingBy(
                Wait::hold, Collectors.mapping(Wait::job, Collectors.toUnmodifiableList())));
  }

  private Stream<Map<String, AttributeValue>> items(String table) {
    return dynamoDb
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .stream();
  }
}
