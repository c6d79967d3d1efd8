package conversations.deletion.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextTest {

  @ParameterizedTest
  @CsvSource({
    "2026-05-04, 2026-05-04T00:00:00.000Z, 2026-05-04T23:59:59.999Z",
    "2024-02-29, 2024-02-29T00:00:00.000Z, 2024-02-29T23:59:59.999Z",
    "2026-05-04T10:00:00Z, 2026-05-04T10:00:00Z, 2026-05-04T10:00:00Z",
    "2026-05-04T10:00Z, 2026-05-04T10:00:00Z, 2026-05-04T10:00:00Z",
    "2026-05-04T10:00:00.5Z, 2026-05-04T10:00:00.500Z, 2026-05-04T10:00:00.500Z",
    "2026-05-04T10:00:00.000+05:45, 2026-05-04T04:15:00Z, 2026-05-04T04:15:00Z",
    "2026-05-04T23:30:00-02:00, 2026-05-05T01:30:00Z, 2026-05-05T01:30:00Z",
    "0000-01-01, 0000-01-01T00:00:00Z, 0000-01-01T23:59:59.999Z",
    "9999-12-31, 9999-12-31T00:00:00Z, 9999-12-31T23:59:59.999Z",
  })
  void readsDaysAndMoments(String text, Instant first, Instant last) {
    assertThat(DateText.parse(text)).contains(new DateText(first, last));
  }

  /** Both sides are rounded inwards: nothing before a start or after an end may be included. */
  @Test
  void roundsWhatIsFinerThanAMillisecondInwards() {
    assertThat(DateText.parse("2026-05-04T10:00:00.1234Z"))
        .contains(
            new DateText(
                Instant.parse("2026-05-04T10:00:00.124Z"),
                Instant.parse("2026-05-04T10:00:00.123Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "today",
        "2026-5-4",
        "2026-05-32",
        "2026-13-01",
        "2026-02-29",
        "2026-02-30T00:00:00Z",
        "20260504",
        "04.05.2026",
        "2026-05-04 ",
        " 2026-05-04",
        "+12026-05-04",
        "-0001-01-01",
        "12026-05-04",
        "2026-05-04Z",
        "2026-05-04T10:00:00",
        "2026-05-04T10:00:00 Z",
        "2026-05-04 10:00:00Z",
        "2026-05-04t10:00:00z",
        "2026-05-04T24:00:00Z",
        "2026-05-04T10:60:00Z",
        "2026-05-04T10:00:60Z",
        "2026-05-04T10Z",
        "2026-05-04T10:00:00.Z",
        "2026-05-04T10:00:00.1234567890Z",
        "2026-05-04T10:00:00+02",
        "2026-05-04T10:00:00+0200",
        "2026-05-04T10:00:00+19:00",
        "2026-05-04T10:00:00[Europe/Berlin]",
        "0000-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "9999-12-31T23:59:59.9999Z",
        "٢٠٢٦-٠٥-٠٤"
      })
  void refusesWhatIsAmbiguousOrNoDate(String text) {
    assertThat(DateText.parse(text)).isEmpty();
  }

  @Property
  void neverThrows(@ForAll String text) {
    assertThatCode(() -> DateText.parse(text)).doesNotThrowAnyException();
  }

  @Property
  void readsWhatIsWritten(
      @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long millis) {
    Instant moment = Instant.ofEpochMilli(millis);

    assertThat(DateText.parse(Timestamps.format(moment))).contains(new DateText(moment, moment));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-08, false",
    "2026-05-09, true",
    "2026-05-08T12:00:00.000Z, false",
    "2026-05-08T12:00:00.0009Z, false",
    "2026-05-08T12:00:00.001Z, true",
    "2026-05-08T23:59:00+14:00, false",
    "2026-05-08T01:00:00-12:00, true",
  })
  void aDayIsInTheFutureIfItHasNotBegunInUtc(String text, boolean future) {
    assertThat(DateText.parse(text).orElseThrow().isAfter(Instant.parse("2026-05-08T12:00:00Z")))
        .isEqualTo(future);
  }
}
