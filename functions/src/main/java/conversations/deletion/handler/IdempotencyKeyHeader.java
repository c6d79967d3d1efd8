package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import conversations.deletion.domain.IdempotencyKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code Idempotency-Key} header. Its name is compared without case, its value as it stands.
 */
final class IdempotencyKeyHeader {

  /** The header of an answer that an earlier request with the same key has had too. */
  static final String REPLAYED = "Idempotency-Replayed";

  private static final String NAME = "Idempotency-Key";

  private IdempotencyKeyHeader() {}

  /**
   * Reads the header.
   *
   * @param faults gets a fault if the header is not valid
   * @return absent if there is no such header, or if it is not valid
   */
  static Optional<IdempotencyKey> of(APIGatewayProxyRequestEvent event, Faults faults) {
    List<String> values = values(event.getMultiValueHeaders());
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1 || !IdempotencyKey.isValid(values.getFirst())) {
      faults.add(NAME, "invalid_idempotency_key", "One value of 1 to 255 characters is expected.");
      return Optional.empty();
    }
    return Optional.of(new IdempotencyKey(values.getFirst()));
  }

  private static List<String> values(Map<String, List<String>> headers) {
    if (headers == null) {
      return List.of();
    }
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(NAME))
        .flatMap(header -> header.getValue().stream())
        .toList();
  }
}
