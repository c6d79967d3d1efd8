package conversations.deletion.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DynamoDB table.
 *
 * @param attributes types ({@code S}, {@code N}, {@code B}) of the key attributes, by name
 * @param timeToLive the attribute that holds an item's time to live
 */
public record TableDefinition(
    String logicalId,
    String name,
    Map<String, String> attributes,
    List<Key> keys,
    List<Index> indexes,
    Optional<String> timeToLive) {

  /** A part of a primary key; the type is {@code HASH} or {@code RANGE}. */
  public record Key(String attribute, String type) {}

  /** A global secondary index. */
  public record Index(
      String name, List<Key> keys, String projection, List<String> projectedAttributes) {}
}
