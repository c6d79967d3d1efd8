package conversations.deletion.domain;

/** Identifies a job by its bot and its id. */
public record JobRef(BotId bot, JobId job) {}
