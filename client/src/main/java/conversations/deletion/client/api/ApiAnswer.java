package conversations.deletion.client.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer that is no refusal.
 *
 * @param text the JSON as it came
 * @param retryAfter when to look again, where the answer says so
 */
public record ApiAnswer(String text, JsonNode json, Optional<Duration> retryAfter) {}
