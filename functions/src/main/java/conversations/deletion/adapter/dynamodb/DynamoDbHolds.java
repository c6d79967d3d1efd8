package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.HoldItems.HELD_FROM;
import static conversations.deletion.adapter.dynamodb.HoldItems.HOLDS_UNTIL;
import static conversations.deletion.adapter.dynamodb.HoldItems.ITEM_KEY;
import static conversations.deletion.adapter.dynamodb.HoldItems.RELEASED_AT;
import static conversations.deletion.adapter.dynamodb.HoldItems.RELEASED_BY;
import static conversations.deletion.adapter.dynamodb.HoldsOfBotItems.HOLDS;
import static conversations.deletion.adapter.dynamodb.HoldsOfBotItems.OPEN_USER_HOLDS;
import static conversations.deletion.adapter.dynamodb.HoldsOfBotItems.USER_HOLDS;
import static conversations.deletion.adapter.dynamodb.HoldsOfBotItems.VERSION;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.Holds;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.Hold.Release;
import conversations.deletion.domain.HoldId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The table of holds, as it is written.
 *
 * <p>Invariant: the version of a bot's holds is raised only in a transaction after the one that
 * stored all that a hold, or its release, is found by.
 */
public final class DynamoDbHolds implements Holds {

  private static final String PROMISE =
      "ADD %s :one, %s :all, %s :onUsers, %s :openOnUsers"
          .formatted(VERSION, HOLDS, USER_HOLDS, OPEN_USER_HOLDS);

  private static final String IS_NOT_RELEASED =
      "attribute_exists(%s) AND attribute_not_exists(%s)".formatted(ITEM_KEY, RELEASED_AT);

  /** Until it is seen through, the release is found by a sweep. */
  private static final String RELEASE =
      "SET %s = :at, %s = :by, %s = :until, %s = :toDo, %s = :at"
          .formatted(RELEASED_AT, RELEASED_BY, HOLDS_UNTIL, OPEN_GROUP, SWEEP_AT);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String changeLogTable;
  private final HoldReleases releases;
  private final DynamoDbHoldReads reads;

  /**
   * @param retention how long a hold is kept after its release
   */
  public DynamoDbHolds(
      DynamoDbClient dynamoDb,
      String table,
      String changeLogTable,
      Duration retention,
      OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.changeLogTable = changeLogTable;
    this.releases = new HoldReleases(dynamoDb, table, retention);
    this.reads = new DynamoDbHoldReads(dynamoDb, table, log);
  }

  @Override
  public Optional<Hold> add(Hold hold) {
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(Transactions.putNew(table, HoldItems.write(hold), ITEM_KEY));
    hold.keys().forEach(key -> writes.add(Transactions.put(table, HoldItems.standing(hold, key))));
    try {
      Transactions.commit(dynamoDb, writes);
      return Optional.empty();
    } catch (TransactionCanceledException e) {
      if (Transactions.isRefusedByFirstCondition(e)) {
        return Optional.of(HoldItems.read(e.cancellationReasons().getFirst().item()));
      }
      throw e;
    }
  }

  @Override
  public boolean promise(Hold hold, Instant heldFrom, Optional<ChangeLogEntry> entry) {
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(promised(hold, heldFrom));
    writes.add(counted(hold));
    entry.ifPresent(one -> writes.add(ChangeLogItems.put(changeLogTable, one)));
    return isCommitted(writes);
  }

  private TransactWriteItem promised(Hold seen, Instant heldFrom) {
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":heldFrom", s(heldFrom)));
    seen.heldFrom().ifPresent(before -> values.put(":before", s(before)));
    String isAsSeen =
        seen.heldFrom().isPresent()
            ? HELD_FROM + " = :before"
            : "attribute_not_exists(" + HELD_FROM + ")";
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(HoldItems.key(seen.bot(), seen.id()))
                    .updateExpression("SET " + HELD_FROM + " = :heldFrom")
                    .conditionExpression(IS_NOT_RELEASED + " AND " + isAsSeen)
                    .expressionAttributeValues(values))
        .build();
  }

  /** A hold counts from its first promise on. */
  private TransactWriteItem counted(Hold hold) {
    int all = hold.heldFrom().isPresent() ? 0 : 1;
    int onUsers = hold.isOnUser() ? all : 0;
    int openOnUsers = hold.request().isConfidential() ? 0 : onUsers;
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(HoldsOfBotItems.key(hold.bot()))
                    .updateExpression(PROMISE)
                    .expressionAttributeValues(
                        Map.of(
                            ":one", n(1),
                            ":all", n(all),
                            ":onUsers", n(onUsers),
                            ":openOnUsers", n(openOnUsers))))
        .build();
  }

  @Override
  public Optional<Hold> find(BotId bot, HoldId id) {
    return reads.find(bot, id);
  }

  @Override
  public HoldPage list(BotId bot, Optional<HoldId> after, int limit) {
    return reads.list(bot, after, limit);
  }

  @Override
  public Hold release(Hold released, Optional<ChangeLogEntry> entry) {
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(marked(released));
    released
        .keys()
        .forEach(key -> writes.add(Transactions.put(table, HoldItems.standing(released, key))));
    entry.ifPresent(one -> writes.add(ChangeLogItems.put(changeLogTable, one)));
    isCommitted(writes);
    // Only now nobody can promise it any more, so only now it can be told whether it counts.
    Hold now = find(released.bot(), released.id()).orElseThrow();
    releases.finish(now);
    return now;
  }

  private TransactWriteItem marked(Hold released) {
    Release release = released.release().orElseThrow();
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(HoldItems.key(released.bot(), released.id()))
                    .updateExpression(RELEASE)
                    .conditionExpression(IS_NOT_RELEASED)
                    .expressionAttributeValues(
                        Map.of(
                            ":at", s(release.at()),
                            ":by", s(release.by().value()),
                            ":until", s(release.holdsUntil()),
                            ":toDo", s(HoldItems.TO_DO))))
        .build();
  }

  /** Tells whether the condition of the first write held. If it did not, nothing has changed. */
  private boolean isCommitted(List<TransactWriteItem> writes) {
    try {
      Transactions.commit(dynamoDb, writes);
      return true;
    } catch (TransactionCanceledException e) {
      if (Transactions.isRefusedByFirstCondition(e)) {
        return false;
      }
      throw e;
    }
  }
}
