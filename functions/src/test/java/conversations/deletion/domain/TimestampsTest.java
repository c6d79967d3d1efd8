package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimestampsTest {

  private static final long YEAR_0 = -62_167_219_200_000L;
  private static final long END_OF_YEAR_9999 = 253_402_300_799_999L;

  @Property
  void textsCompareAsTheMomentsDo(
      @ForAll @LongRange(min = YEAR_0, max = END_OF_YEAR_9999) long one,
      @ForAll @LongRange(min = YEAR_0, max = END_OF_YEAR_9999) long other) {
    String oneText = Timestamps.format(Instant.ofEpochMilli(one));
    String otherText = Timestamps.format(Instant.ofEpochMilli(other));

    assertThat(Integer.signum(oneText.compareTo(otherText))).isEqualTo(Long.compare(one, other));
    assertThat(Timestamps.parse(oneText)).isEqualTo(Instant.ofEpochMilli(one));
    assertThat(oneText).hasSize(24);
  }

  @Test
  void keepsTheThreeDigitsThatOtherWritersDrop() {
    assertThat(Timestamps.format(Instant.parse("2026-05-08T06:00:00Z")))
        .isEqualTo("2026-05-08T06:00:00.000Z");
  }

  @Test
  void cutsOffWhatIsFinerThanAMillisecond() {
    Instant fine = Instant.parse("2026-05-08T06:22:56.097999999Z");

    assertThat(Timestamps.toMillis(fine)).isEqualTo(Instant.parse("2026-05-08T06:22:56.097Z"));
    assertThat(Timestamps.format(fine)).isEqualTo("2026-05-08T06:22:56.097Z");
  }
}
