package conversations.deletion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WiringTest {

  private static final Map<String, String> SUBMISSION =
      Map.of(
          "DELETION_JOBS_TABLE", "Jobs",
          "DELETION_JOB_CONVERSATIONS_TABLE", "Conversations",
          "CHANGE_LOG_TABLE", "ChangeLog",
          "BOTS_TABLE", "Bots",
          "CHANNEL_USERS_TABLE", "ChannelUsers",
          "DELETION_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs",
          "OFF_PEAK_HOURS", "22-23,0-5",
          "OFF_PEAK_TIMEZONE", "Europe/Berlin");

  @BeforeAll
  static void setRegion() {
    System.setProperty("aws.region", "eu-central-1");
  }

  @AfterAll
  static void clearRegion() {
    System.clearProperty("aws.region");
  }

  private static Map<String, String> submissionWith(String name, String value) {
    Map<String, String> changed = new HashMap<>(SUBMISSION);
    changed.put(name, value);
    return changed;
  }

  @Test
  void makesEachFunctionOfItsOwnVariables() {
    assertThat(new Wiring(SUBMISSION).submitDeletionJobHandler()).isNotNull();
    assertThat(new Wiring(Map.of("DELETION_JOBS_TABLE", "Jobs")).findDeletionJobHandler())
        .isNotNull();
    assertThat(new Wiring(Map.of("CHANGE_LOG_TABLE", "ChangeLog")).listChangeLogHandler())
        .isNotNull();
    assertThat(
            new Wiring(Map.of("CLIENT_APPS_TABLE", "ClientApps", "CLIENT_SECRETS_PREFIX", "stack/"))
                .authorizerHandler())
        .isNotNull();
  }

  @Test
  void namesEverythingThatIsMissingAtOnce() {
    assertThatThrownBy(() -> new Wiring(Map.of("BOTS_TABLE", " ")).submitDeletionJobHandler())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(SUBMISSION.keySet().toArray(String[]::new));
    assertThatThrownBy(() -> new Wiring(Map.of()).findDeletionJobHandler())
        .hasMessage("environment: DELETION_JOBS_TABLE is missing");
    assertThatThrownBy(() -> new Wiring(Map.of()).listChangeLogHandler())
        .hasMessage("environment: CHANGE_LOG_TABLE is missing");
    assertThatThrownBy(() -> new Wiring(Map.of()).authorizerHandler())
        .hasMessage("environment: CLIENT_APPS_TABLE is missing; CLIENT_SECRETS_PREFIX is missing");
  }

  @Test
  void namesWhatCannotBeRead() {
    assertThatThrownBy(
            () -> new Wiring(submissionWith("OFF_PEAK_HOURS", "22-5")).submitDeletionJobHandler())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("OFF_PEAK_HOURS is wrong");
    assertThatThrownBy(
            () ->
                new Wiring(submissionWith("OFF_PEAK_TIMEZONE", "Mars/Base"))
                    .submitDeletionJobHandler())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("OFF_PEAK_TIMEZONE is wrong");
  }

  /** HttpURLConnection reads both once, before its first connection. */
  @Test
  void tamesHttpUrlConnectionBeforeTheFirstClientIsBuilt() {
    new Wiring(Map.of("DELETION_JOBS_TABLE", "Jobs")).findDeletionJobHandler();

    assertThat(System.getProperty("sun.net.http.retryPost")).isEqualTo("false");
    assertThat(System.getProperty("http.maxConnections")).isNotNull();
  }
}
