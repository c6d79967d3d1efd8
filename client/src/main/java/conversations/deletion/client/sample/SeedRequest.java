package conversations.deletion.client.sample;

import java.time.Instant;

/**
 * Sample conversations of one channel user with one bot.
 *
 * @param recordsEach how many records each conversation has, with its session header
 * @param startedAt when the first one began
 */
public record SeedRequest(
    String botId, String cId, int conversations, int recordsEach, Instant startedAt) {}
