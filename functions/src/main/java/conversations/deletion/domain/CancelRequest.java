package conversations.deletion.domain;

import java.time.Instant;

/**
 * Somebody asked to cancel a job.
 *
 * @param at when it was first asked
 * @param by who asked first
 */
public record CancelRequest(Instant at, ClientAppId by) {}
