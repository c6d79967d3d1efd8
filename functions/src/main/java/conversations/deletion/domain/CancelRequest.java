package conversations.deletion.domain;

import java.time.Instant;

/**
 * A request to cancel a job.
 *
 * @param at when the first request came
 * @param by the client app that sent it
 */
public record CancelRequest(Instant at, ClientAppId by) {}
