package conversations.deletion.config;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;

import conversations.deletion.adapter.dynamodb.RecordsShape;
import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.adapter.s3.AttachmentPrefix;
import conversations.deletion.adapter.s3.AttachmentsBucket;
import conversations.deletion.application.access.TokenRules;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.RateLimits;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the functions, from their environment. Each function has its own variables, and
 * reads them by {@link EnvironmentReader#read}.
 */
final class Settings {

  static final String CALL_TIMEOUT_MILLIS = "CALL_TIMEOUT_MILLIS";
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

  private static final String OWNER_NOTICES_TABLE = "OWNER_NOTICES_TABLE";

  private Settings() {}

  /** How long one call to AWS may take, with all retries by the SDK; 4 s by default. */
  static Duration callTimeout(Map<String, String> environment) {
    return EnvironmentReader.read(environment, reader -> callTimeout(reader, CALL_TIMEOUT_MILLIS));
  }

  private static Duration callTimeout(EnvironmentReader reader, String name) {
    return reader.value(name, text -> Duration.ofMillis(Long.parseLong(text)), CALL_TIMEOUT);
  }

  /** No delete starts with less than two calls' time left, and a lease is renewed at its half. */
  static Duration readLeaseTerm(EnvironmentReader reader, String callTimeoutName) {
    Duration lease = reader.seconds("LEASE_SECONDS");
    Duration callTimeout = callTimeout(reader, callTimeoutName);
    return reader.together(
        () -> {
          if (lease.compareTo(callTimeout.multipliedBy(4)) < 0) {
            throw new IllegalArgumentException(
                "LEASE_SECONDS (%d) must be at least four times %s (%d)"
                    .formatted(lease.toSeconds(), callTimeoutName, callTimeout.toMillis()));
          }
          return lease;
        });
  }

  /** The dimension of all metrics. */
  static String stackName(Map<String, String> environment) {
    return EnvironmentReader.read(environment, reader -> reader.text("STACK_NAME"));
  }

  /**
   * Settings of the function that accepts jobs. It starts while a stack is deployed, unlike the
   * function that deletes. So it also refuses what that function would refuse at night.
   */
  record Submission(
      String deletionJobsTable,
      String deletionJobConversationsTable,
      String changeLogTable,
      String previewsTable,
      Integer previewAbove,
      String botsTable,
      String channelUsersTable,
      String deletionQueueUrl,
      OffPeakWindow window,
      Duration sweepGrace,
      Duration leastGrace,
      Duration leaseTerm,
      Retention retention,
      String stackSecretArn,
      Integer maxOpenJobs,
      RecordsShape recordsShape,
      AttachmentPrefix attachmentPrefix,
      Optional<String> ownerNoticesTable) {

    Submission(EnvironmentReader reader) {
      this(
          reader.text("DELETION_JOBS_TABLE"),
          reader.text("DELETION_JOB_CONVERSATIONS_TABLE"),
          reader.text("CHANGE_LOG_TABLE"),
          PreviewEnvironment.readPreviewsTable(reader),
          reader.value("PREVIEW_ABOVE", Integer::valueOf),
          reader.text("BOTS_TABLE"),
          reader.text("CHANNEL_USERS_TABLE"),
          reader.text("DELETION_QUEUE_URL"),
          readWindow(reader),
          reader.seconds("SWEEP_GRACE_SECONDS"),
          reader.duration("GRACE_PERIOD_HOURS", HOURS),
          readLeaseTerm(reader, "OFF_PEAK_CALL_TIMEOUT_MILLIS"),
          Retention.of(reader),
          reader.text("STACK_SECRET_ARN"),
          reader.value("MAX_OPEN_JOBS", Integer::valueOf),
          readRecordsShape(reader),
          readAttachmentPrefix(reader),
          // Empty where owners are told of a job's end alone.
          Optional.of(reader.text(OWNER_NOTICES_TABLE, "")).filter(table -> !table.isEmpty()));
    }
  }

  /** Settings of the functions that look up jobs. */
  record JobLookup(String deletionJobsTable) {

    JobLookup(EnvironmentReader reader) {
      this(reader.text("DELETION_JOBS_TABLE"));
    }
  }

  /** Settings of the function that lists jobs' conversations. */
  record JobConversationsReading(String deletionJobsTable, String deletionJobConversationsTable) {

    JobConversationsReading(EnvironmentReader reader) {
      this(reader.text("DELETION_JOBS_TABLE"), reader.text("DELETION_JOB_CONVERSATIONS_TABLE"));
    }
  }

  /** Settings of the function that cancels jobs. */
  record Cancellation(String deletionJobsTable, String changeLogTable) {

    Cancellation(EnvironmentReader reader) {
      this(reader.text("DELETION_JOBS_TABLE"), reader.text("CHANGE_LOG_TABLE"));
    }
  }

  /** Settings of the function that places and releases holds. */
  record Holding(
      String holdsTable,
      String deletionJobsTable,
      String changeLogTable,
      RecordsTableShape records,
      OffPeakWindow window,
      Duration retention) {

    Holding(EnvironmentReader reader) {
      this(
          reader.text("HOLDS_TABLE"),
          reader.text("DELETION_JOBS_TABLE"),
          reader.text("CHANGE_LOG_TABLE"),
          readRecordsTable(reader),
          readWindow(reader),
          reader.duration("JOB_RETENTION_DAYS", DAYS));
    }
  }

  /** Settings of the function that shows holds. */
  record HoldLookup(String holdsTable, String deletionJobsTable) {

    HoldLookup(EnvironmentReader reader) {
      this(reader.text("HOLDS_TABLE"), reader.text("DELETION_JOBS_TABLE"));
    }
  }

  /** Settings of the function that lists change logs. */
  record ChangeLogReading(String changeLogTable) {

    ChangeLogReading(EnvironmentReader reader) {
      this(reader.text("CHANGE_LOG_TABLE"));
    }
  }

  /** Where endpoints keep used tokens that are good only once. */
  record TokenUse(String spentTokensTable) {

    TokenUse(EnvironmentReader reader) {
      this(reader.text("SPENT_TOKENS_TABLE"));
    }
  }

  /** Settings of the rate limits of all endpoints. */
  record RateLimiting(String rateLimitsTable, Integer perMinute, Integer perHour) {

    RateLimiting(EnvironmentReader reader) {
      this(
          reader.text("RATE_LIMITS_TABLE"),
          reader.value("REQUESTS_PER_MINUTE", Integer::valueOf),
          reader.value("REQUESTS_PER_HOUR", Integer::valueOf));
    }

    RateLimits rateLimits() {
      return new RateLimits(perMinute, perHour);
    }
  }

  /** Settings of the authorizer. */
  record Authentication(String clientAppsTable, String clientSecretsPrefix, TokenRules tokenRules) {

    Authentication(EnvironmentReader reader) {
      this(
          reader.text("CLIENT_APPS_TABLE"),
          reader.text("CLIENT_SECRETS_PREFIX"),
          new TokenRules(reader.seconds("MAX_TOKEN_AGE_SECONDS"), reader.text("TOKEN_AUDIENCE")));
    }
  }

  /** Settings of the function that deletes. */
  record OffPeak(
      RecordsTableShape records,
      Set<String> retainedTypes,
      Optional<AttachmentsBucket> attachments,
      String deletionJobsTable,
      String deletionJobConversationsTable,
      String previewConversationsTable,
      String holdsTable,
      String changeLogTable,
      String ownerNoticesTable,
      String botsTable,
      String clientAppsTable,
      String deletionQueueUrl,
      String deadLetterQueueUrl,
      String senderAddress,
      String rateLimitsTable,
      Integer mailsPerHour,
      OffPeakWindow window,
      Duration leaseTerm,
      Duration sweepGrace,
      Duration conversationIdle,
      Duration indexSettle,
      Double maxWriteUnits,
      Duration unavailableAfter,
      Retention retention) {

    OffPeak(EnvironmentReader reader) {
      this(
          readRecordsTable(reader),
          readRetainedTypes(reader),
          readAttachmentsBucket(reader),
          reader.text("DELETION_JOBS_TABLE"),
          reader.text("DELETION_JOB_CONVERSATIONS_TABLE"),
          PreviewEnvironment.readConversationsTable(reader),
          reader.text("HOLDS_TABLE"),
          reader.text("CHANGE_LOG_TABLE"),
          reader.text(OWNER_NOTICES_TABLE),
          reader.text("BOTS_TABLE"),
          reader.text("CLIENT_APPS_TABLE"),
          reader.text("DELETION_QUEUE_URL"),
          reader.text("DEAD_LETTER_QUEUE_URL"),
          reader.text("SENDER_ADDRESS"),
          reader.text("RATE_LIMITS_TABLE"),
          reader.value("MAILS_PER_HOUR", Integer::valueOf),
          readWindow(reader),
          readLeaseTerm(reader, CALL_TIMEOUT_MILLIS),
          reader.seconds("SWEEP_GRACE_SECONDS"),
          reader.duration("CONVERSATION_IDLE_MINUTES", MINUTES),
          reader.seconds("INDEX_SETTLE_SECONDS"),
          reader.value("MAX_WRITE_UNITS_PER_SECOND", Double::valueOf),
          reader.duration("UNAVAILABLE_AFTER_DAYS", DAYS),
          Retention.of(reader));
    }
  }

  static Set<String> readRetainedTypes(EnvironmentReader reader) {
    return reader.value(
        "RETAINED_RECORD_TYPES", text -> Set.copyOf(List.of(text.split(","))), Set.of());
  }

  /** Settings of the function that keeps house. */
  record Housekeeping(
      String deletionJobsTable,
      String ownerNoticesTable,
      String holdsTable,
      String botsTable,
      String clientAppsTable,
      String rateLimitsTable,
      Integer mailsPerHour,
      String senderAddress,
      Duration retention) {

    Housekeeping(EnvironmentReader reader) {
      this(
          reader.text("DELETION_JOBS_TABLE"),
          reader.text(OWNER_NOTICES_TABLE),
          reader.text("HOLDS_TABLE"),
          reader.text("BOTS_TABLE"),
          reader.text("CLIENT_APPS_TABLE"),
          reader.text("RATE_LIMITS_TABLE"),
          reader.value("MAILS_PER_HOUR", Integer::valueOf),
          reader.text("SENDER_ADDRESS"),
          reader.duration("JOB_RETENTION_DAYS", DAYS));
    }
  }

  static RecordsTableShape readRecordsTable(EnvironmentReader reader) {
    RecordsShape shape = readRecordsShape(reader);
    return reader.value(
        "CONVERSATION_RECORDS_TABLE",
        table ->
            new RecordsTableShape(
                table,
                reader.text("RECORDS_PARTITION_KEY", RecordsTableShape.PARTITION_KEY),
                reader.text("RECORDS_SORT_KEY", RecordsTableShape.SORT_KEY),
                reader.text("RECORDS_INDEX", RecordsTableShape.INDEX),
                reader.text("RECORDS_INDEX_PARTITION_KEY", RecordsTableShape.INDEX_PARTITION_KEY),
                reader.text("RECORDS_INDEX_SORT_KEY", RecordsTableShape.INDEX_SORT_KEY),
                shape));
  }

  private static RecordsShape readRecordsShape(EnvironmentReader reader) {
    return reader.value("RECORDS_SHAPE", RecordsShape::parse, RecordsShape.OWN);
  }

  /** Without a bucket, the service knows of no attachments. */
  static Optional<AttachmentsBucket> readAttachmentsBucket(EnvironmentReader reader) {
    AttachmentPrefix prefix = readAttachmentPrefix(reader);
    String name = "ATTACHMENTS_BUCKET";
    if (reader.text(name, "").isEmpty()) {
      return Optional.empty();
    }
    String owner = reader.text("ATTACHMENTS_BUCKET_OWNER");
    return Optional.ofNullable(
        reader.value(name, bucket -> new AttachmentsBucket(bucket, owner, prefix)));
  }

  private static AttachmentPrefix readAttachmentPrefix(EnvironmentReader reader) {
    return reader.value("ATTACHMENTS_PREFIX", AttachmentPrefix::new, AttachmentPrefix.USUAL);
  }

  private static OffPeakWindow readWindow(EnvironmentReader reader) {
    return new OffPeakWindow(
        reader.value("OFF_PEAK_HOURS", OffPeakHours::parse),
        reader.value("OFF_PEAK_TIMEZONE", ZoneId::of));
  }
}
