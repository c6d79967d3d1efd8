package conversations.deletion.domain;

import java.util.Optional;

/**
 * What the service knows about a bot.
 *
 * @param id its id
 * @param name its display name
 * @param ownerEmail the e-mail address of its owner
 */
public record Bot(BotId id, Optional<String> name, Optional<String> ownerEmail) {}
