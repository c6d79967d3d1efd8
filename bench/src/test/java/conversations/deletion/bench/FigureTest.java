package conversations.deletion.bench;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.bench.Figure.Better;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

  @Test
  void aGoalIsMetFromTheBetterSide() {
    assertThat(new Figure("a", 105, 100, "s", 1.05, Better.LOWER).isMet()).isTrue();
    assertThat(new Figure("a", 106, 100, "s", 1.05, Better.LOWER).isMet()).isFalse();
    assertThat(new Figure("a", 90, 100, "s", 0.90, Better.HIGHER).isMet()).isTrue();
  }

  @Test
  void whatIsOnlyReportedHasNoVerdict() throws IOException {
    String json = Results.json(List.of(Figure.reported("a", 1, 2, "s", Better.LOWER)));

    assertThat(json).contains("\"met\" : null", "\"goal\" : null", "\"ratio\" : 0.5");
  }
}
