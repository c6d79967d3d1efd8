package conversations.deletion.config;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.testing.RecordedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrimingTest {

  private final RecordedLog log = new RecordedLog();

  @Test
  void isDoneBeforeTheSnapshot() {
    List<String> done = new ArrayList<>();
    Priming priming = new Priming(() -> done.add("work"), log);

    priming.register(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));
    assertThat(done).isEmpty();

    priming.beforeCheckpoint(null);
    assertThat(done).containsExactly("work");
  }

  /** Otherwise a table that can't be reached would keep a version from being published. */
  @Test
  void keepsNoSnapshotFromBeingTaken() {
    Priming priming =
        new Priming(
            () -> {
              throw new IllegalStateException("out of reach");
            },
            log);

    priming.beforeCheckpoint(null);

    assertThat(log.lines()).extracting(RecordedLog.Line::event).containsExactly("not_primed");
  }
}
