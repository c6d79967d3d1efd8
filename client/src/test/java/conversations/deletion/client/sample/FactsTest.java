package conversations.deletion.client.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FactsTest {
  private final Facts facts =
      new Facts(Phrasebook.all().getFirst(), Instant.parse("2026-05-04T09:00:00Z"), new Random(1));

  @Test
  void aPlaceholderStandsForOneFactThroughoutATask() {
    String[] halves = facts.fill("{tracking} {city}|{tracking} {city}").split("\\|");

    assertThat(halves[0]).matches("TRK-\\d{4}-\\d{5} \\w+").isEqualTo(halves[1]);
  }

  @Test
  void leavesTheBracesOfJsonAlone() {
    assertThat(facts.fill("{\"value\":\"{number}\"}")).matches("\\{\"value\":\"\\d+\"}");
  }

  @Test
  void refusesAMisspeltPlaceholder() {
    assertThatThrownBy(() -> facts.fill("{trackin}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trackin");
  }
}
