package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The items of the change-log table.
 *
 * <p>The sort key is the moment, then the id. So a bot's entries are in the order of time, and an
 * entry that is written twice is one item.
 */
final class ChangeLogItems {

  static final String BOT_ID = "botId";
  static final String ENTRY_KEY = "entryKey";

  private static final char SEPARATOR = '#';

  private ChangeLogItems() {}

  /**
   * Writes an entry, which never replaces another: nothing in a change log changes.
   *
   * @param table the change-log table
   */
  static TransactWriteItem put(String table, ChangeLogEntry entry) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(write(entry))
                .conditionExpression("attribute_not_exists(" + ENTRY_KEY + ")")
                .build())
        .build();
  }

  static Map<String, AttributeValue> write(ChangeLogEntry entry) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(BOT_ID, s(entry.bot().value()));
    item.put(ENTRY_KEY, s(Timestamps.format(entry.createdOn()) + SEPARATOR + entry.id()));
    item.put("id", s(entry.id()));
    item.put("resourceId", s(entry.resource().id()));
    item.put("resourceType", s(entry.resource().type()));
    entry.clientApp().ifPresent(clientApp -> item.put("appId", s(clientApp.value())));
    item.put("message", s(entry.message()));
    item.put("createdOn", s(entry.createdOn()));
    return item;
  }

  static ChangeLogEntry read(Map<String, AttributeValue> item) {
    return new ChangeLogEntry(
        string(item, "id"),
        new BotId(string(item, BOT_ID)),
        new ChangeLogEntry.Resource(string(item, "resourceType"), string(item, "resourceId")),
        findString(item, "appId").map(ClientAppId::new),
        string(item, "message"),
        instant(item, "createdOn"));
  }

  /** A key that sorts before all entries of this moment and after all earlier ones. */
  static String keyBefore(Instant moment) {
    return Timestamps.format(moment) + SEPARATOR;
  }

  /** A key that sorts after all entries of this moment and before all later ones. */
  static String keyAfter(Instant moment) {
    return Timestamps.format(moment) + (char) (SEPARATOR + 1);
  }
}
