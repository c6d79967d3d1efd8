package conversations.deletion.application.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListChangeLogTest {

  private static final BotId BOT = new BotId("st-1");
  private static final DateRange RANGE =
      new DateRange(Instant.EPOCH, Instant.parse("2026-05-08T00:00:00Z"));

  private final List<String> asked = new ArrayList<>();
  private final ListChangeLog listChangeLog =
      new ListChangeLog(
          (bot, from, to, skip, limit) -> {
            assertThat(bot).isEqualTo(BOT);
            assertThat(new DateRange(from, to)).isEqualTo(RANGE);
            asked.add(skip + "+" + limit);
            return List.of();
          });

  @Test
  void skipsThePagesBefore() {
    listChangeLog.list(BOT, RANGE, 0, 50);
    listChangeLog.list(BOT, RANGE, 3, 20);
    listChangeLog.list(BOT, RANGE, 199, 50);

    assertThat(asked).containsExactly("0+50", "60+20", "9950+50");
  }

  @ParameterizedTest
  @CsvSource({"-1, 50", "0, 0", "0, 51", "200, 50", "10000, 1", "2147483647, 50"})
  void refusesPagesThatCannotBe(int page, int pageSize) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> listChangeLog.list(BOT, RANGE, page, pageSize));
    assertThat(asked).isEmpty();
  }
}
