package conversations.deletion.domain;

import java.time.Duration;

/**
 * What is left of a rate limit.
 *
 * @param window the window of the limit
 * @param remaining requests that would be accepted now, as far as this limit goes
 * @param untilMore how long until one more would be
 */
public record Quota(RateWindow window, int remaining, Duration untilMore) {}
