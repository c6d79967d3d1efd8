package conversations.deletion.domain;

import java.util.Optional;

/**
 * What is known of a bot.
 *
 * @param id its id
 * @param name its name, for people
 * @param ownerEmail where its owner is written to
 */
public record Bot(BotId id, Optional<String> name, Optional<String> ownerEmail) {}
