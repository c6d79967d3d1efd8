package conversations.deletion.adapter.dynamodb;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads items of which some may be damaged. One that can't be read, perhaps written by hand, is
 * told and stepped over: it must not hide the others.
 *
 * @param reader reads one item
 * @param unreadable told why an item can't be read
 */
record TolerantReader<T>(
    Function<Map<String, AttributeValue>, T> reader, Consumer<RuntimeException> unreadable) {

  /** What the item says; nothing if it can't be read. */
  Stream<T> read(Map<String, AttributeValue> item) {
    try {
      return Stream.of(reader.apply(item));
    } catch (RuntimeException e) {
      unreadable.accept(e);
      return Stream.empty();
    }
  }
}
