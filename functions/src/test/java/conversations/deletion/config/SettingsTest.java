package conversations.deletion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.adapter.dynamodb.RecordsShape;
import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.adapter.s3.AttachmentPrefix;
import conversations.deletion.adapter.s3.AttachmentsBucket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  static final Map<String, String> OFF_PEAK =
      Map.ofEntries(
          Map.entry("CONVERSATION_RECORDS_TABLE", "Records"),
          Map.entry("DELETION_JOBS_TABLE", "Jobs"),
          Map.entry("DELETION_JOB_CONVERSATIONS_TABLE", "Conversations"),
          Map.entry("DELETION_PREVIEWS_TABLE", "Previews"),
          Map.entry("DELETION_PREVIEW_CONVERSATIONS_TABLE", "PreviewConversations"),
          Map.entry("HOLDS_TABLE", "Holds"),
          Map.entry("PREVIEW_ABOVE", "0"),
          Map.entry("CHANGE_LOG_TABLE", "ChangeLog"),
          Map.entry("OWNER_NOTICES_TABLE", "OwnerNotices"),
          Map.entry("BOTS_TABLE", "Bots"),
          Map.entry("CLIENT_APPS_TABLE", "ClientApps"),
          Map.entry("DELETION_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/jobs"),
          Map.entry("DEAD_LETTER_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/dead"),
          Map.entry("SENDER_ADDRESS", "bots@example.com"),
          Map.entry("OFF_PEAK_HOURS", "0-5"),
          Map.entry("OFF_PEAK_TIMEZONE", "UTC"),
          Map.entry("LEASE_SECONDS", "60"),
          Map.entry("SWEEP_GRACE_SECONDS", "900"),
          Map.entry("CONVERSATION_IDLE_MINUTES", "30"),
          Map.entry("INDEX_SETTLE_SECONDS", "60"),
          Map.entry("MAX_WRITE_UNITS_PER_SECOND", "0"),
          Map.entry("UNAVAILABLE_AFTER_DAYS", "14"),
          Map.entry("JOB_RETENTION_DAYS", "90"),
          Map.entry("RATE_LIMITS_TABLE", "RateLimits"),
          Map.entry("MAILS_PER_HOUR", "20"),
          Map.entry("DETAIL_RETENTION_DAYS", "30"),
          Map.entry("BACKUP_DAYS", "7"));

  private static RecordsTableShape records(Map<String, String> changes) {
    Map<String, String> environment = new HashMap<>(OFF_PEAK);
    environment.putAll(changes);
    return EnvironmentReader.read(environment, Settings.OffPeak::new).records();
  }

  @Test
  void callsTheRecordsKeysAndIndexAsTheOwnTableDoesUnlessTold() {
    RecordsTableShape own =
        new RecordsTableShape(
            "Records",
            "conversationKey",
            "recordKey",
            "ConversationsByChannelUser",
            "channelUserKey",
            "startedAt");

    assertThat(records(Map.of())).isEqualTo(own);
    assertThat(records(Map.of("RECORDS_SORT_KEY", "", "RECORDS_INDEX", " "))).isEqualTo(own);
  }

  @Test
  void callsThemAsTold() {
    assertThat(
            records(
                Map.of(
                    "CONVERSATION_RECORDS_TABLE", "Items",
                    "RECORDS_PARTITION_KEY", "pk",
                    "RECORDS_SORT_KEY", "sk",
                    "RECORDS_INDEX", "GSI1",
                    "RECORDS_INDEX_PARTITION_KEY", "gsi1pk",
                    "RECORDS_INDEX_SORT_KEY", "gsi1sk")))
        .isEqualTo(new RecordsTableShape("Items", "pk", "sk", "GSI1", "gsi1pk", "gsi1sk"));
  }

  @Test
  void readsTheirShape() {
    assertThat(records(Map.of("RECORDS_SHAPE", "")).shape()).isEqualTo(RecordsShape.OWN);
    assertThat(records(Map.of("RECORDS_SHAPE", "headerKey=META")).shape())
        .isEqualTo(RecordsShape.parse("headerKey=META"));
  }

  @Test
  void retainsNoTypeUnlessTold() {
    assertThat(EnvironmentReader.read(OFF_PEAK, Settings.OffPeak::new).retainedTypes()).isEmpty();
    assertThat(
            read(OFF_PEAK, "RETAINED_RECORD_TYPES", "METRIC,SUMMARY", Settings.OffPeak::new)
                .retainedTypes())
        .containsExactlyInAnyOrder("METRIC", "SUMMARY");
  }

  @Test
  void refusesNamesThatCannotBe() {
    assertThatThrownBy(() -> records(Map.of("RECORDS_SORT_KEY", "startedAt")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "environment: CONVERSATION_RECORDS_TABLE is wrong: two of the key attributes"
                + " [conversationKey, startedAt, channelUserKey, startedAt] have the same name");
    assertThatThrownBy(() -> records(Map.of("RECORDS_INDEX", "x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'x' is not a valid name of a DynamoDB index");
  }

  private static Optional<AttachmentsBucket> attachments(Map<String, String> changes) {
    Map<String, String> environment = new HashMap<>(OFF_PEAK);
    environment.putAll(changes);
    return EnvironmentReader.read(environment, Settings.OffPeak::new).attachments();
  }

  @Test
  void knowsNoAttachmentsWithoutABucket() {
    assertThat(attachments(Map.of())).isEmpty();
    assertThat(attachments(Map.of("ATTACHMENTS_BUCKET", ""))).isEmpty();
  }

  @Test
  void knowsTheBucketItsOwnerAndThePrefix() {
    assertThat(
            attachments(
                Map.of(
                    "ATTACHMENTS_BUCKET", "media",
                    "ATTACHMENTS_BUCKET_OWNER", "123456789012",
                    "ATTACHMENTS_PREFIX", "v1/{botId}/{conversationId}/")))
        .contains(
            new AttachmentsBucket(
                "media", "123456789012", new AttachmentPrefix("v1/{botId}/{conversationId}/")));
  }

  @Test
  void refusesABucketThatCannotBeAndOneWithoutAnOwner() {
    assertThatThrownBy(
            () ->
                attachments(
                    Map.of(
                        "ATTACHMENTS_BUCKET", "arn:aws:s3:::media",
                        "ATTACHMENTS_BUCKET_OWNER", "123456789012")))
        .hasMessageContaining("ATTACHMENTS_BUCKET is wrong: 'arn:aws:s3:::media'");
    assertThatThrownBy(() -> attachments(Map.of("ATTACHMENTS_BUCKET", "media")))
        .hasMessageContaining("ATTACHMENTS_BUCKET_OWNER is missing");
  }

  /** What no parameter of a template can say of another. */
  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          DETAIL_RETENTION_DAYS | 90 | DETAIL_RETENTION_DAYS (90) must be less than JOB_RETENTION_DAYS (90)
          JOB_RETENTION_DAYS    | 30 | DETAIL_RETENTION_DAYS (30) must be less than JOB_RETENTION_DAYS (30)
          BACKUP_DAYS           | 31 | BACKUP_DAYS (31), the PointInTimeRecoveryDays, must not be more than DETAIL_RETENTION_DAYS (30)
          DETAIL_RETENTION_DAYS | 6  | BACKUP_DAYS (7), the PointInTimeRecoveryDays, must not be more than DETAIL_RETENTION_DAYS (6)
          LEASE_SECONDS         | 15 | LEASE_SECONDS (15) must be at least four times
          RECORDS_SHAPE         | user={cId}:{botId} | RECORDS_SHAPE is wrong: user: '{cId}:{botId}', character 6: where {cId} ends
          ATTACHMENTS_PREFIX    | {conversationId}/ | ATTACHMENTS_PREFIX is wrong: '{conversationId}/' must have {botId} once
          """)
  void refusesWhatDoesNotGoTogether(String name, String value, String message) {
    assertThatThrownBy(() -> read(WiringTest.SUBMISSION, name, value, Settings.Submission::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> read(OFF_PEAK, name, value, Settings.OffPeak::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"DETAIL_RETENTION_DAYS, 89", "DETAIL_RETENTION_DAYS, 7", "LEASE_SECONDS, 16"})
  void takesWhatJustGoesTogether(String name, String value) {
    assertThatCode(() -> read(WiringTest.SUBMISSION, name, value, Settings.Submission::new))
        .doesNotThrowAnyException();
    assertThatCode(() -> read(OFF_PEAK, name, value, Settings.OffPeak::new))
        .doesNotThrowAnyException();
  }

  private static <T> T read(
      Map<String, String> environment,
      String name,
      String value,
      Function<EnvironmentReader, T> settings) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(name, value);
    return EnvironmentReader.read(changed, settings);
  }
}
