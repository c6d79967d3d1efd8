package conversations.deletion.client.sample;

import java.time.Instant;

/**
 * Sample conversations of one channel user with one bot.
 *
 * @param recordsEach records of each conversation, its session header among them
 * @param startedAt when the first one began
 */
public record SeedRequest(
    String botId, String cId, int conversations, int recordsEach, Instant startedAt) {}
