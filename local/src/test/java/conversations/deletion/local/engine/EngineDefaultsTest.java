package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.local.LocalOptions;
import conversations.deletion.local.template.Account;
import conversations.deletion.local.template.Template;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The benchmark measures the engine's defaults, and says that they are what is deployed. */
class EngineDefaultsTest {

  private static final OffPeakWindow ALWAYS =
      new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC);

  private final EngineSettings defaults = EngineSettings.of(ALWAYS, _ -> {});
  private final Map<String, String> deployed =
      Template.read(
              LocalOptions.defaults().template(),
              LocalOptions.defaults().parameters(),
              new Account("000000000000", "eu-central-1", "defaults"),
              name -> name)
          .function("OffPeakFunction")
          .environment();

  @Test
  void areThoseOfTheTemplate() {
    assertThat(defaults.leaseTerm()).isEqualTo(Duration.ofSeconds(number("LEASE_SECONDS")));
    assertThat(defaults.deleteReserve())
        .as("twice a call's time")
        .isEqualTo(Duration.ofMillis(2 * number("CALL_TIMEOUT_MILLIS")));
    assertThat(defaults.indexSettle())
        .isEqualTo(Duration.ofSeconds(number("INDEX_SETTLE_SECONDS")));
    assertThat(defaults.idle()).isEqualTo(Duration.ofMinutes(number("CONVERSATION_IDLE_MINUTES")));
    assertThat(defaults.sweepGrace()).isEqualTo(Duration.ofSeconds(number("SWEEP_GRACE_SECONDS")));
    assertThat(defaults.maxWriteUnits()).isEqualTo(number("MAX_WRITE_UNITS_PER_SECOND"));
    assertThat(defaults.unavailableAfter())
        .isEqualTo(Duration.ofDays(number("UNAVAILABLE_AFTER_DAYS")));
  }

  private long number(String variable) {
    return Long.parseLong(deployed.get(variable));
  }
}
