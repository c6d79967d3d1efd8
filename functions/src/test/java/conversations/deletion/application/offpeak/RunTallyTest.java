package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Metric;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.JobState;
import conversations.deletion.simulation.Counted;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTallyTest {

  @Test
  void countsRecordsAndAttachmentsThatWereDeletedSinceTheJobWasPickedUp() {
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    RunTally tally = new RunTally((metric, count) -> figures.merge(metric, count, Double::sum));
    Counts before = Counted.conversations(3).deleted(1).attachments(4).records(10);
    Counts after = Counted.conversations(3).deleted(2).attachments(24).retained(12).records(89);

    tally.countWork(before, JobState.submitted(Instant.EPOCH, 3).with(after));

    assertThat(figures)
        .isEqualTo(
            Map.of(
                Metric.RECORDS_DELETED, 79.0,
                Metric.ATTACHMENTS_DELETED, 20.0,
                Metric.CONVERSATIONS_DELETED, 1.0));
    assertThat(tally.summary(true).asMap())
        .containsEntry("recordsDeleted", 79L)
        .containsEntry("attachmentsDeleted", 20L);
  }
}
