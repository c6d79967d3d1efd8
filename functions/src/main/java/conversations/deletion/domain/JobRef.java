package conversations.deletion.domain;

/** What names a job: its bot and its id. */
public record JobRef(BotId bot, JobId job) {}
