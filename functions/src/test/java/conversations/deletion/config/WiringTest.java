package conversations.deletion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.handler.AuthorizerHandler;
import conversations.deletion.handler.CancelDeletionJobHandler;
import conversations.deletion.handler.FindDeletionJobHandler;
import conversations.deletion.handler.FindHoldHandler;
import conversations.deletion.handler.HoldHandler;
import conversations.deletion.handler.ListChangeLogHandler;
import conversations.deletion.handler.ListDeletionJobsHandler;
import conversations.deletion.handler.ListJobConversationsHandler;
import conversations.deletion.handler.ListPreviewConversationsHandler;
import conversations.deletion.handler.SubmitDeletionJobHandler;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WiringTest {

  /** What the function that accepts jobs is given. */
  static final Map<String, String> SUBMISSION =
      Map.ofEntries(
          Map.entry("DELETION_JOBS_TABLE", "Jobs"),
          Map.entry("DELETION_JOB_CONVERSATIONS_TABLE", "Conversations"),
          Map.entry("DELETION_PREVIEWS_TABLE", "Previews"),
          Map.entry("PREVIEW_ABOVE", "0"),
          Map.entry("CHANGE_LOG_TABLE", "ChangeLog"),
          Map.entry("BOTS_TABLE", "Bots"),
          Map.entry("CHANNEL_USERS_TABLE", "ChannelUsers"),
          Map.entry("DELETION_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/jobs"),
          Map.entry("OFF_PEAK_HOURS", "22-23,0-5"),
          Map.entry("OFF_PEAK_TIMEZONE", "Europe/Berlin"),
          Map.entry("SWEEP_GRACE_SECONDS", "900"),
          Map.entry("GRACE_PERIOD_HOURS", "0"),
          Map.entry("JOB_RETENTION_DAYS", "90"),
          Map.entry("DETAIL_RETENTION_DAYS", "30"),
          Map.entry("BACKUP_DAYS", "7"),
          Map.entry("LEASE_SECONDS", "60"),
          Map.entry("STACK_SECRET_ARN", "arn:aws:secretsmanager:eu-central-1:1:secret:s"),
          Map.entry("MAX_OPEN_JOBS", "1000"));

  static final Map<String, String> ENDPOINT =
      Map.of(
          "SPENT_TOKENS_TABLE", "SpentTokens",
          "RATE_LIMITS_TABLE", "RateLimits",
          "REQUESTS_PER_MINUTE", "60",
          "REQUESTS_PER_HOUR", "1800",
          "STACK_NAME", "deletion");

  @BeforeAll
  static void setRegion() {
    System.setProperty("aws.region", "eu-central-1");
  }

  @AfterAll
  static void clearRegion() {
    System.clearProperty("aws.region");
  }

  private static Map<String, String> endpointWith(String name, String value) {
    Map<String, String> environment = new HashMap<>(ENDPOINT);
    environment.put(name, value);
    return environment;
  }

  private static Map<String, String> submissionWith(String name, String value) {
    Map<String, String> changed = new HashMap<>(SUBMISSION);
    changed.putAll(ENDPOINT);
    changed.put(name, value);
    return changed;
  }

  @Test
  void makesEachFunctionOfItsOwnVariables() {
    assertThat(new SubmitDeletionJobHandler(new Wiring(submissionWith("BOTS_TABLE", "Bots"))))
        .isNotNull();
    assertThat(new FindDeletionJobHandler(new Wiring(endpointWith("DELETION_JOBS_TABLE", "Jobs"))))
        .isNotNull();
    assertThat(new ListDeletionJobsHandler(new Wiring(endpointWith("DELETION_JOBS_TABLE", "Jobs"))))
        .isNotNull();
    assertThat(
            new ListJobConversationsHandler(
                new Wiring(submissionWith("DELETION_JOB_CONVERSATIONS_TABLE", "Conversations"))))
        .isNotNull();
    assertThat(
            new CancelDeletionJobHandler(
                new Wiring(submissionWith("CHANGE_LOG_TABLE", "ChangeLog"))))
        .isNotNull();
    assertThat(new ListChangeLogHandler(new Wiring(endpointWith("CHANGE_LOG_TABLE", "ChangeLog"))))
        .isNotNull();
    Map<String, String> holds = submissionWith("HOLDS_TABLE", "Holds");
    assertThat(new FindHoldHandler(new Wiring(holds))).isNotNull();
    holds.put("CONVERSATION_RECORDS_TABLE", "Records");
    assertThat(new HoldHandler(new Wiring(holds))).isNotNull();
    assertThat(
            new ListPreviewConversationsHandler(
                new Wiring(
                    submissionWith("DELETION_PREVIEW_CONVERSATIONS_TABLE", "Conversations"))))
        .isNotNull();
    assertThat(
            new AuthorizerHandler(
                new Wiring(
                    Map.of(
                        "CLIENT_APPS_TABLE", "ClientApps",
                        "CLIENT_SECRETS_PREFIX", "stack/",
                        "MAX_TOKEN_AGE_SECONDS", "3600",
                        "TOKEN_AUDIENCE", "deletion",
                        "STACK_NAME", "deletion"))))
        .isNotNull();
  }

  @Test
  void namesEverythingThatIsMissingAtOnce() {
    assertThatThrownBy(() -> new SubmitDeletionJobHandler(new Wiring(Map.of("BOTS_TABLE", " "))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(SUBMISSION.keySet().toArray(String[]::new));
    assertThatThrownBy(() -> new FindDeletionJobHandler(new Wiring(Map.of())))
        .hasMessageContaining("DELETION_JOBS_TABLE is missing");
    assertThatThrownBy(() -> new ListJobConversationsHandler(new Wiring(Map.of())))
        .hasMessageContainingAll("DELETION_JOBS_TABLE", "DELETION_JOB_CONVERSATIONS_TABLE");
    assertThatThrownBy(() -> new CancelDeletionJobHandler(new Wiring(Map.of())))
        .hasMessageContainingAll("DELETION_JOBS_TABLE", "CHANGE_LOG_TABLE");
    assertThatThrownBy(() -> new FindHoldHandler(new Wiring(Map.of())))
        .hasMessageContainingAll("HOLDS_TABLE", "DELETION_JOBS_TABLE");
    assertThatThrownBy(() -> new HoldHandler(new Wiring(Map.of())))
        .hasMessageContainingAll(
            "HOLDS_TABLE", "CONVERSATION_RECORDS_TABLE", "OFF_PEAK_HOURS", "JOB_RETENTION_DAYS");
    assertThatThrownBy(() -> new ListChangeLogHandler(new Wiring(Map.of())))
        .hasMessageContaining("CHANGE_LOG_TABLE is missing");
    assertThatThrownBy(() -> new AuthorizerHandler(new Wiring(Map.of())))
        .hasMessage(
            "environment: CLIENT_APPS_TABLE is missing; CLIENT_SECRETS_PREFIX is missing;"
                + " MAX_TOKEN_AGE_SECONDS is missing; TOKEN_AUDIENCE is missing");
    Map<String, String> nameless = submissionWith("BOTS_TABLE", "Bots");
    nameless.remove("STACK_NAME");
    assertThatThrownBy(() -> new SubmitDeletionJobHandler(new Wiring(nameless)))
        .hasMessage("environment: STACK_NAME is missing");
  }

  @Test
  void namesWhatCannotBeRead() {
    assertThatThrownBy(
            () ->
                new SubmitDeletionJobHandler(new Wiring(submissionWith("OFF_PEAK_HOURS", "22-5"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("OFF_PEAK_HOURS is wrong");
    assertThatThrownBy(
            () ->
                new SubmitDeletionJobHandler(
                    new Wiring(submissionWith("OFF_PEAK_TIMEZONE", "Mars/Base"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("OFF_PEAK_TIMEZONE is wrong");
  }

  /** HttpURLConnection reads both properties once, before its first connection. */
  @Test
  void tamesHttpUrlConnectionBeforeTheFirstClientIsBuilt() {
    new FindDeletionJobHandler(new Wiring(endpointWith("DELETION_JOBS_TABLE", "Jobs")));

    assertThat(System.getProperty("sun.net.http.retryPost")).isEqualTo("false");
    assertThat(System.getProperty("http.maxConnections")).isNotNull();
  }
}
