package conversations.deletion.local.template;

import java.time.ZoneId;

/** What wakes a function, and when. */
public record ScheduleDefinition(String cron, ZoneId timezone, String functionId, String input) {}
