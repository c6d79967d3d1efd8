package conversations.deletion.domain;

/** Identifies a preview by its bot and its id. */
public record PreviewRef(BotId bot, PreviewId preview) {}
