package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffPeakHoursTest {

  @ParameterizedTest
  @CsvSource({
    "3, 3",
    "03, 3",
    "18-23, 18 19 20 21 22 23",
    "'22-23,0-5', 0 1 2 3 4 5 22 23",
    "'1,3,3-4', 1 3 4",
    "0-0, 0"
  })
  void readsTheHoursAsCronDoes(String text, String hours) {
    OffPeakHours read = OffPeakHours.parse(text);

    assertThat(IntStream.range(0, 24).filter(read::contain))
        .containsExactly(
            Arrays.stream(hours.split(" ")).map(Integer::valueOf).toArray(Integer[]::new));
    assertThat(read.areAllDay()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "0-23", "0-11,12-23"})
  void mayBeTheWholeDay(String text) {
    OffPeakHours read = OffPeakHours.parse(text);

    assertThat(IntStream.range(0, 24)).allMatch(read::contain);
    assertThat(read.areAllDay()).isTrue();
  }

  @Test
  void refusesARangeThatWrapsRoundMidnight() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OffPeakHours.parse("22-5"))
        .withMessageContaining("must not wrap round midnight");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "24", "0-24", "-1", "1-", "1,,2", "1,", "*,1", "*/2", "1-2-3", "a", "001"
      })
  void refusesWhatIsNoHoursField(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> OffPeakHours.parse(text));
  }
}
