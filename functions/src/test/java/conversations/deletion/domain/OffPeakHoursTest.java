package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
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

  @ParameterizedTest
  @CsvSource({"22-5, '22-23,0-5'", "7-3, '7-23,0-3'", "'1,23-0', '23-23,0-0'"})
  void refusesARangeThatWrapsRoundMidnightAndSaysHowToWriteIt(String text, String asTwo) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OffPeakHours.parse(text))
        .withMessageContaining("must not wrap round midnight")
        .withMessageEndingWith("write " + asTwo);
  }

  @ParameterizedTest
  @CsvSource({
    "24, 24 is not within 0 to 23",
    "0-24, 0-24 is not within 0 to 23",
    "30-5, 30-5 is not within 0 to 23",
    "'1,', a part is empty",
    "'1,,2', a part is empty",
    "'', a part is empty",
    "'*,1', * is no hour and no range",
    "1-, 1- is no hour and no range"
  })
  void saysWhatIsWrong(String text, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OffPeakHours.parse(text))
        .withMessage("off-peak hours \"%s\": %s".formatted(text, why));
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
