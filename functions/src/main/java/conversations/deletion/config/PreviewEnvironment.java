package conversations.deletion.config;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;

import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.adapter.s3.AttachmentsBucket;
import conversations.deletion.application.previews.EstimateRates;
import conversations.deletion.domain.OffPeakHours;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The settings of the functions of previews, from their environment. */
final class PreviewEnvironment {

  private PreviewEnvironment() {}

  /** Settings of the function that accepts previews. */
  record Submission(
      String previewsTable,
      String previewConversationsTable,
      String botsTable,
      String channelUsersTable,
      String queueUrl,
      String stackSecretArn,
      Duration indexSettle,
      Duration retention) {

    Submission(EnvironmentReader reader) {
      this(
          readPreviewsTable(reader),
          readConversationsTable(reader),
          reader.text("BOTS_TABLE"),
          reader.text("CHANNEL_USERS_TABLE"),
          reader.text("PREVIEW_QUEUE_URL"),
          reader.text("STACK_SECRET_ARN"),
          reader.seconds("INDEX_SETTLE_SECONDS"),
          readRetention(reader));
    }
  }

  /** Settings of the function that looks up previews. */
  record Lookup(String previewsTable, EstimateRates rates) {

    Lookup(EnvironmentReader reader) {
      this(readPreviewsTable(reader), readRates(reader));
    }
  }

  /** Settings of the function that lists previews' conversations. */
  record Listing(String previewsTable, String previewConversationsTable) {

    Listing(EnvironmentReader reader) {
      this(readPreviewsTable(reader), readConversationsTable(reader));
    }
  }

  /** Settings of the function that works on previews. */
  record Work(
      RecordsTableShape records,
      Set<String> retainedTypes,
      Optional<AttachmentsBucket> attachments,
      Listing tables,
      String holdsTable,
      String queueUrl,
      Duration leaseTerm,
      Duration indexSettle,
      Duration conversationIdle,
      Duration goodFor,
      Duration retention) {

    Work(EnvironmentReader reader) {
      this(
          Settings.readRecordsTable(reader),
          Settings.readRetainedTypes(reader),
          Settings.readAttachmentsBucket(reader),
          new Listing(reader),
          reader.text("HOLDS_TABLE"),
          reader.text("PREVIEW_QUEUE_URL"),
          Settings.readLeaseTerm(reader, Settings.CALL_TIMEOUT_MILLIS),
          reader.seconds("INDEX_SETTLE_SECONDS"),
          reader.duration("CONVERSATION_IDLE_MINUTES", MINUTES),
          reader.duration("PREVIEW_HOURS", HOURS),
          readRetention(reader));
    }
  }

  /** What housekeeping does for previews. */
  record Upkeep(Listing tables, String queueUrl, String deletionJobsTable, Duration retention) {

    Upkeep(EnvironmentReader reader) {
      this(
          new Listing(reader),
          reader.text("PREVIEW_QUEUE_URL"),
          reader.text("DELETION_JOBS_TABLE"),
          readRetention(reader));
    }
  }

  static String readPreviewsTable(EnvironmentReader reader) {
    return reader.text("DELETION_PREVIEWS_TABLE");
  }

  static String readConversationsTable(EnvironmentReader reader) {
    return reader.text("DELETION_PREVIEW_CONVERSATIONS_TABLE");
  }

  private static Duration readRetention(EnvironmentReader reader) {
    return reader.duration("JOB_RETENTION_DAYS", DAYS);
  }

  private static EstimateRates readRates(EnvironmentReader reader) {
    BigDecimal price = reader.value("WRITE_UNIT_PRICE", BigDecimal::new);
    Double most = reader.value("MAX_WRITE_UNITS_PER_SECOND", Double::valueOf);
    OffPeakHours hours = reader.value("OFF_PEAK_HOURS", OffPeakHours::parse);
    return reader.together(() -> new EstimateRates(price, most, hours));
  }
}
