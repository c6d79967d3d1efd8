package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A few schedules, always the same. Mutants of the engine are tried with them, too. */
final class ReplayTest {

  @Test
  void aSeedGivesTheSameScheduleEachTime() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(new Schedules().run(seed)).isEqualTo(new Schedules().run(seed));
    }
    assertThat(new Schedules().run(1)).isNotEqualTo(new Schedules().run(2));
  }
}
