package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSettingsTest {

  @ParameterizedTest
  @CsvSource({"60, 8, 20", "900, 8, 20", "30, 8, 10", "900, 120, 120"})
  void givesTheEmailServiceLongerThanOtherCallsAndLessThanHalfOfTheLease(
      int leaseSeconds, int deleteReserveSeconds, int mailSeconds) {
    EngineSettings settings =
        EngineSettings.of(
            new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC),
            engine -> {
              engine.leaseTerm = Duration.ofSeconds(leaseSeconds);
              engine.deleteReserve = Duration.ofSeconds(deleteReserveSeconds);
            });

    assertThat(settings.mailTimeout()).isEqualTo(Duration.ofSeconds(mailSeconds));
  }
}
