package conversations.deletion.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChangedLimitsTest {

  /** Some seconds of few units, then some of many. */
  private static List<Long> taken(int few, int fewUnits, int many, int manyUnits) {
    return Stream.concat(
            LongStream.generate(() -> fewUnits).limit(few).boxed(),
            LongStream.generate(() -> manyUnits).limit(many).boxed())
        .toList();
  }

  @Test
  void aTableThatStaysInUseIsBackAtOnce() {
    assertThat(ChangedLimits.secondsUntilUsed(taken(0, 0, 40, 100), 20, 100)).hasValue(0);
  }

  @Test
  void whatComesBeforeTheChangeDoesNotCount() {
    assertThat(ChangedLimits.secondsUntilUsed(taken(20, 1_000, 60, 0), 20, 100)).isEmpty();
  }

  @Test
  void aTableIsBackWhereAWindowBeginsThatHasEnoughOfItsUnits() {
    assertThat(ChangedLimits.secondsUntilUsed(taken(30, 50, 40, 95), 20, 100)).hasValue(10);
    assertThat(ChangedLimits.secondsUntilUsed(taken(30, 50, 40, 100), 20, 100)).hasValue(9);
    assertThat(ChangedLimits.secondsUntilUsed(taken(30, 50, 40, 94), 20, 100)).isEmpty();
  }

  @Test
  void aSlowTableHasAWindowOfAThousandUnits() {
    assertThat(ChangedLimits.secondsUntilUsed(taken(0, 0, 39, 25), 0, 25)).isEmpty();
    assertThat(ChangedLimits.secondsUntilUsed(taken(0, 0, 40, 25), 0, 25)).hasValue(0);
  }
}
