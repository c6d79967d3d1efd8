package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Until 2011 Newfoundland put its clocks back at 00:01, to 23:01 of the day before. */
class OffPeakWindowShiftTest {

  private static final OffPeakWindow MIDNIGHT_HOUR =
      new OffPeakWindow(OffPeakHours.parse("0"), ZoneId.of("America/St_Johns"));
  private static final Instant SHIFT = Instant.parse("2010-11-07T02:31:00Z");

  @Test
  void closesAtAShiftWithinTheHour() {
    assertThat(MIDNIGHT_HOUR.nextClosing(SHIFT.minusSeconds(30))).isEqualTo(SHIFT);
    assertThat(MIDNIGHT_HOUR.isOpenAt(SHIFT)).isFalse();
  }

  @Test
  void opensAgainWhenTheHourComesAgain() {
    assertThat(MIDNIGHT_HOUR.openingOfNextWindow(SHIFT.minusSeconds(30)))
        .isEqualTo(Instant.parse("2010-11-07T03:30:00Z"));
  }
}
