package conversations.deletion.client.registration;

import java.time.Instant;

/**
 * A bot and its owner.
 *
 * @param retentionDays how long the platform keeps the bot's conversation records
 */
public record Bot(
    String botId,
    String name,
    String ownerName,
    String ownerEmail,
    Instant createdAt,
    int retentionDays) {}
