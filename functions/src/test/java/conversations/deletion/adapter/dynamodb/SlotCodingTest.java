package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SlotCodingTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Property
  void readsWhatItWrote(
      @ForAll
          Map<
                  @LongRange(min = 0, max = 4_000_000_000L) Long,
                  @IntRange(min = 1, max = 100_000) Integer>
              byMinute) {
    SortedMap<Instant, Integer> counts = new TreeMap<>();
    byMinute.forEach(
        (minute, count) -> counts.put(Instant.EPOCH.plus(MINUTE.multipliedBy(minute)), count));

    assertThat(SlotCoding.decode(SlotCoding.encode(counts, MINUTE), MINUTE)).isEqualTo(counts);
  }

  @Test
  void writesTheFormThatItSays() {
    SortedMap<Instant, Integer> counts =
        new TreeMap<>(
            Map.of(
                Instant.EPOCH.plus(MINUTE.multipliedBy(300)), 5,
                Instant.EPOCH.plus(MINUTE.multipliedBy(301)), 128));

    assertThat(SlotCoding.encode(counts, MINUTE))
        .containsExactly(0xAC, 0x02, 0x05, 0x01, 0x80, 0x01);
  }

  @Test
  void writesNothingOfNothing() {
    assertThat(SlotCoding.encode(new TreeMap<>(), MINUTE)).isEmpty();
    assertThat(SlotCoding.decode(new byte[0], MINUTE)).isEmpty();
  }

  @Test
  void refusesWhatWasCutOff() {
    for (byte[] bytes : new byte[][] {{1}, {(byte) 0x80}, {1, (byte) 0x80}}) {
      assertThatThrownBy(() -> SlotCoding.decode(bytes, MINUTE))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
