package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

  private static final long FIRST_OF_TEN_DIGITS = 1_000_000_000L;
  private static final long LAST_OF_TEN_DIGITS = 9_999_999_999L;
  private static final DateTimeFormatter PLAIN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS xx");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-05-04T09:30:00.123Z,                2026-05-04T09:30:00.123Z
          2026-05-04T09:30:00Z,                    2026-05-04T09:30:00Z
          2026-05-04T09:30Z,                       2026-05-04T09:30:00Z
          2026-05-04T09:30:00.5Z,                  2026-05-04T09:30:00.500Z
          2026-05-04T09:30:00.123456Z,             2026-05-04T09:30:00.123456Z
          2026-05-04T09:30:00.123456789Z,          2026-05-04T09:30:00.123456789Z
          2026-05-04t09:30:00.123z,                2026-05-04T09:30:00.123Z
          2026-05-04T09:30:00+00:00,               2026-05-04T09:30:00Z
          2026-05-04T09:30:00+0000,                2026-05-04T09:30:00Z
          2026-05-04T09:30:00.123456+0200,         2026-05-04T07:30:00.123456Z
          2026-05-04T09:30:00+02,                  2026-05-04T07:30:00Z
          2026-05-04T09:30:00-11:30,               2026-05-04T21:00:00Z
          2026-05-04T23:30:00+14:00,               2026-05-04T09:30:00Z
          2026-05-04T09:30:00,                     2026-05-04T09:30:00Z
          2026-05-04T09:30:00.123456,              2026-05-04T09:30:00.123456Z
          2026-05-04 09:30:00,                     2026-05-04T09:30:00Z
          2026-05-04 09:30:00.123456+00:00,        2026-05-04T09:30:00.123456Z
          2026-05-04 09:30:00 +0200,               2026-05-04T07:30:00Z
          2026-05-04 09:30:00 UTC,                 2026-05-04T09:30:00Z
          2026-05-04 09:30:00.123 +0000 UTC,       2026-05-04T09:30:00.123Z
          2026-05-04T09:30+02:00[Europe/Berlin],   2026-05-04T07:30:00Z
          2026-05-04T09:30Z[UTC],                  2026-05-04T09:30:00Z
          2026-05-04,                              2026-05-04T00:00:00Z
          1777887000,                              2026-05-04T09:30:00Z
          1777887000.5,                            2026-05-04T09:30:00.500Z
          1777887000.123456,                       2026-05-04T09:30:00.123456Z
          1777887000123,                           2026-05-04T09:30:00.123Z
          1777887000123.5,                         2026-05-04T09:30:00.123500Z
          1777887000123456,                        2026-05-04T09:30:00.123456Z
          1777887000123456789,                     2026-05-04T09:30:00.123456789Z
          """)
  void areReadInAllUsualForms(String text, Instant moment) {
    assertThat(Moments.find(text)).contains(moment);
  }

  /** A number of another length may be a date without dashes, so no unit is guessed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "04.05.2026 09:30",
        "05/04/2026",
        "2026-02-30T00:00:00Z",
        "2026-05-04T25:00:00Z",
        "2026-05-04T09:30:00.1234567890Z",
        "2026-05-04T09:30:00+19:00",
        "2026-05-04T09:30:00 CEST",
        "2026-05-04T09:30:00Z and more",
        "20260504",
        "20260504093000",
        "0",
        "177788700",
        "0777887000",
        "-1777887000",
        "1.777887E9",
        "17778870001234567890"
      })
  void areNotGuessed(String text) {
    assertThat(Moments.find(text)).isEmpty();
  }

  @Property
  void areTheSameInWhateverFormTheyWereWritten(
      @ForAll @LongRange(min = FIRST_OF_TEN_DIGITS, max = LAST_OF_TEN_DIGITS) long second,
      @ForAll @IntRange(max = 999_999_999) int nano,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
    Instant moment = Instant.ofEpochSecond(second, nano);
    LocalDateTime utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    OffsetDateTime there = moment.atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));

    assertThat(Moments.find(moment.toString())).contains(moment);
    assertThat(Moments.find(utc.toString())).contains(moment);
    assertThat(Moments.find(utc.toString().replace('T', ' '))).contains(moment);
    assertThat(Moments.find(there.toString())).contains(moment);
    assertThat(Moments.find(PLAIN.format(there))).contains(moment);
    assertThat(Moments.find(BigDecimal.valueOf(nano, 9).add(BigDecimal.valueOf(second)).toString()))
        .contains(moment);
    assertThat(Moments.find(Long.toString(moment.toEpochMilli())))
        .contains(Timestamps.toMillis(moment));
  }
}
