package conversations.deletion.config;

import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.RateLimits;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/**
 * What the functions are told by their environment: each has its own variables.
 *
 * <p>Whoever reads settings that are missing or wrong gets an {@link IllegalStateException} that
 * names all of them.
 */
final class Settings {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

  private Settings() {}

  /** How long one call to AWS may take with all that the SDK repeats of it; 4 s unless told. */
  static Duration callTimeout(Map<String, String> environment) {
    EnvironmentReader reader = new EnvironmentReader(environment);
    Duration timeout =
        reader.value(
            "CALL_TIMEOUT_MILLIS", text -> Duration.ofMillis(Long.parseLong(text)), CALL_TIMEOUT);
    reader.requireNoFaults();
    return timeout;
  }

  /** The dimension of all metrics. */
  static String stackName(Map<String, String> environment) {
    EnvironmentReader reader = new EnvironmentReader(environment);
    String stackName = reader.text("STACK_NAME");
    reader.requireNoFaults();
    return stackName;
  }

  /** Settings of the function that accepts jobs. */
  record Submission(
      String deletionJobsTable,
      String deletionJobConversationsTable,
      String changeLogTable,
      String botsTable,
      String channelUsersTable,
      String deletionQueueUrl,
      OffPeakWindow window,
      Duration sweepGrace) {

    static Submission of(Map<String, String> environment) {
      EnvironmentReader reader = new EnvironmentReader(environment);
      Submission settings =
          new Submission(
              reader.text("DELETION_JOBS_TABLE"),
              reader.text("DELETION_JOB_CONVERSATIONS_TABLE"),
              reader.text("CHANGE_LOG_TABLE"),
              reader.text("BOTS_TABLE"),
              reader.text("CHANNEL_USERS_TABLE"),
              reader.text("DELETION_QUEUE_URL"),
              Settings.readWindow(reader),
              reader.seconds("SWEEP_GRACE_SECONDS"));
      reader.requireNoFaults();
      return settings;
    }
  }

  /** Settings of the functions that look up jobs. */
  record JobLookup(String deletionJobsTable) {

    static JobLookup of(Map<String, String> environment) {
      EnvironmentReader reader = new EnvironmentReader(environment);
      JobLookup settings = new JobLookup(reader.text("DELETION_JOBS_TABLE"));
      reader.requireNoFaults();
      return settings;
    }
  }

  /** Settings of the function that lists jobs' conversations. */
  record JobConversationsReading(String deletionJobsTable, String deletionJobConversationsTable) {

    static JobConversationsReading of(Map<String, String> environment) {
      EnvironmentReader reader = new EnvironmentReader(environment);
      JobConversationsReading settings =
          new JobConversationsReading(
              reader.text("DELETION_JOBS_TABLE"), reader.text("DELETION_JOB_CONVERSATIONS_TABLE"));
      reader.requireNoFaults();
      return settings;
    }
  }

  /** Settings of the function that cancels jobs. */
  record Cancellation(String deletionJobsTable, String changeLogTable) {

    static Cancellation of(Map<String, String> environment) {
      EnvironmentReader reader = new EnvironmentReader(environment);
      Cancellation settings =
          new Cancellation(reader.text("DELETION_JOBS_TABLE"), reader.text("CHANGE_LOG_TABLE"));
      reader.requireNoFaults();
      return settings;
    }
  }

  /** Settings of the function that lists change logs. */
  record ChangeLogReading(String changeLogTable) {

    static ChangeLogReading of(Map<String, String> environment) {
      EnvironmentReader reader = new EnvironmentReader(environment);
      ChangeLogReading settings = new ChangeLogReading(reader.text("CHANGE_LOG_TABLE"));
      reader.requireNoFaults();
      return settings;
    }
  }

  /** Settings of all endpoints. */
  record Access(String spentTokensTable, String rateLimitsTable, RateLimits rateLimits) {

    static Access of(Map<String, String> environment) {
      EnvironmentReader reader = new EnvironmentReader(environment);
      String spentTokensTable = reader.text("SPENT_TOKENS_TABLE");
      String rateLimitsTable = reader.text("RATE_LIMITS_TABLE");
      Integer perMinute = reader.value("REQUESTS_PER_MINUTE", Integer::valueOf);
      Integer perHour = reader.value("REQUESTS_PER_HOUR", Integer::valueOf);
      reader.requireNoFaults();
      return new Access(spentTokensTable, rateLimitsTable, new RateLimits(perMinute, perHour));
    }
  }

  /** Settings of the authorizer. */
  record Authentication(String clientAppsTable, String clientSecretsPrefix, Duration maxTokenAge) {

    static Authentication of(Map<String, String> environment) {
      EnvironmentReader reader = new EnvironmentReader(environment);
      Authentication settings =
          new Authentication(
              reader.text("CLIENT_APPS_TABLE"),
              reader.text("CLIENT_SECRETS_PREFIX"),
              reader.value(
                  "MAX_TOKEN_AGE_SECONDS", text -> Duration.ofSeconds(Long.parseLong(text))));
      reader.requireNoFaults();
      return settings;
    }
  }

  /** Settings of the function that deletes. */
  record OffPeak(
      RecordsTableShape records,
      String deletionJobsTable,
      String deletionJobConversationsTable,
      String changeLogTable,
      String botsTable,
      String deletionQueueUrl,
      String deadLetterQueueUrl,
      String senderAddress,
      OffPeakWindow window,
      Duration leaseTerm,
      Duration sweepGrace,
      Duration conversationIdle,
      Duration indexSettle,
      Duration jobRetention,
      Duration detailRetention) {

    static OffPeak of(Map<String, String> environment) {
      EnvironmentReader reader = new EnvironmentReader(environment);
      OffPeak settings =
          new OffPeak(
              Settings.readRecordsTable(reader),
              reader.text("DELETION_JOBS_TABLE"),
              reader.text("DELETION_JOB_CONVERSATIONS_TABLE"),
              reader.text("CHANGE_LOG_TABLE"),
              reader.text("BOTS_TABLE"),
              reader.text("DELETION_QUEUE_URL"),
              reader.text("DEAD_LETTER_QUEUE_URL"),
              reader.text("SENDER_ADDRESS"),
              Settings.readWindow(reader),
              reader.seconds("LEASE_SECONDS"),
              reader.seconds("SWEEP_GRACE_SECONDS"),
              reader.value(
                  "CONVERSATION_IDLE_MINUTES", text -> Duration.ofMinutes(Long.parseLong(text))),
              reader.seconds("INDEX_SETTLE_SECONDS"),
              reader.value("JOB_RETENTION_DAYS", text -> Duration.ofDays(Long.parseLong(text))),
              reader.value("DETAIL_RETENTION_DAYS", text -> Duration.ofDays(Long.parseLong(text))));
      reader.requireNoFaults();
      return settings;
    }
  }

  private static RecordsTableShape readRecordsTable(EnvironmentReader reader) {
    return reader.value(
        "CONVERSATION_RECORDS_TABLE",
        table ->
            new RecordsTableShape(
                table,
                reader.text("RECORDS_PARTITION_KEY", RecordsTableShape.PARTITION_KEY),
                reader.text("RECORDS_SORT_KEY", RecordsTableShape.SORT_KEY),
                reader.text("RECORDS_INDEX", RecordsTableShape.INDEX),
                reader.text("RECORDS_INDEX_PARTITION_KEY", RecordsTableShape.INDEX_PARTITION_KEY),
                reader.text("RECORDS_INDEX_SORT_KEY", RecordsTableShape.INDEX_SORT_KEY)));
  }

  static OffPeakWindow readWindow(EnvironmentReader reader) {
    return new OffPeakWindow(
        reader.value("OFF_PEAK_HOURS", OffPeakHours::parse),
        reader.value("OFF_PEAK_TIMEZONE", ZoneId::of));
  }
}
