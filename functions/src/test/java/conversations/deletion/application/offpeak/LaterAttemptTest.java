package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaterAttemptTest {

  @ParameterizedTest(name = "after {0} attempts, {1} minutes later")
  @CsvSource({"0, 1", "1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "1000, 60"})
  void waitsTwiceAsLongEachTimeUpToAnHour(int attempts, int minutes) {
    assertThat(LaterAttempt.delayAfter(attempts)).isEqualTo(Duration.ofMinutes(minutes));
  }
}
