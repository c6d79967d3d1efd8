package conversations.deletion.client.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer that is not a refusal.
 *
 * @param text the JSON, unchanged
 * @param retryAfter when to look again, if the answer says so
 */
public record ApiAnswer(String text, JsonNode json, Optional<Duration> retryAfter) {}
