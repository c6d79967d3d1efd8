package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DateRangeTest {

  private static final Instant FROM = Instant.parse("2026-05-04T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-05-04T23:59:59.999Z");

  @Test
  void containsBothItsEnds() {
    DateRange range = new DateRange(FROM, TO);

    assertThat(range.contains(FROM)).isTrue();
    assertThat(range.contains(TO)).isTrue();
    assertThat(range.contains(FROM.minusMillis(1))).isFalse();
    assertThat(range.contains(TO.plusMillis(1))).isFalse();
  }

  @Test
  void beginsAfterWhatLiesBeforeIt() {
    DateRange range = new DateRange(FROM, TO);

    assertThat(range.beginsAfter(FROM.minusNanos(1))).isTrue();
    assertThat(range.beginsAfter(FROM)).isFalse();
    assertThat(range.beginsAfter(TO.plusMillis(1))).isFalse();
  }

  @Test
  void mayBeASingleMoment() {
    assertThat(new DateRange(FROM, FROM).contains(FROM)).isTrue();
  }

  @Test
  void holdsWholeMilliseconds() {
    DateRange range = new DateRange(FROM.plusNanos(999), TO.plusNanos(999));

    assertThat(range).isEqualTo(new DateRange(FROM, TO));
  }

  @Test
  void doesNotRunBackwards() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DateRange(TO, FROM));
  }
}
