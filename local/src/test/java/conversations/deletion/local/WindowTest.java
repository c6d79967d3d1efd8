package conversations.deletion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {

  private static final Instant NOW = Instant.parse("2026-05-08T18:22:56Z");

  @Test
  void openMakesEveryHourOffPeak() {
    assertThat(Window.parse("open").apply(LocalOptions.defaults(), NOW).parameters())
        .containsEntry("OffPeakHours", "*");
  }

  @Test
  void closedLeavesOneHourHalfADayAway() {
    assertThat(Window.parse("closed").apply(LocalOptions.defaults(), NOW).parameters())
        .containsEntry("OffPeakHours", "6")
        .containsEntry("OffPeakTimezone", "UTC");
  }

  @Test
  void realLeavesTheTemplatesDefault() {
    assertThat(Window.parse("real").apply(LocalOptions.defaults(), NOW).parameters())
        .doesNotContainKeys("OffPeakHours", "OffPeakTimezone");
  }

  @Test
  void refusesAnythingElse() {
    assertThatThrownBy(() -> Window.parse("ajar"))
        .hasMessage("-Dwindow is open, closed or real, not \"ajar\"");
  }
}
