package conversations.deletion.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSpanTest {

  @ParameterizedTest
  @CsvSource({
    "PT-5S, 0 s",
    "PT59.9S, 59 s",
    "PT1M, 1 min 0 s",
    "PT5H12M, 5 h 12 min",
    "PT71H59M59S, 71 h 59 min",
    "PT72H, 3 d 0 h",
    "PT2160H, 90 d 0 h"
  })
  void hasTwoUnitsAtMost(Duration length, String text) {
    assertThat(new TimeSpan(length)).hasToString(text);
  }
}
