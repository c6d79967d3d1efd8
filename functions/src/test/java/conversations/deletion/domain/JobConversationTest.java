package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.simulation.Counted;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class JobConversationTest {

  private static final JobConversation PENDING =
      JobConversation.pending(new ConversationId("69eb0c87ec444445976a1b2c"));

  private static RecordFingerprints records(String... keys) {
    return RecordFingerprints.of(List.of(keys));
  }

  @Test
  void beginsAsPendingWithNothingPlanned() {
    assertThat(PENDING.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(PENDING.isBegun()).isFalse();
    assertThat(PENDING.counts()).isEqualTo(Counted.conversations(1).records(0));
  }

  @Test
  void isSkippedIfThereNeverWasARecord() {
    JobConversation gone = PENDING.gone();

    assertThat(gone.outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(gone.reason()).contains(Reason.NOT_FOUND);
    assertThat(gone.counts()).isEqualTo(Counted.conversations(1).skipped(1).records(0));
  }

  @Test
  void saysThatAnotherJobDeletedIt() {
    assertThat(PENDING.deletedByAnotherJob().outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(PENDING.deletedByAnotherJob().reason()).contains(Reason.DELETED_BY_ANOTHER_JOB);
  }

  @Test
  void countsPlannedRecordsOnceTheyAreGone() {
    JobConversation planned = PENDING.plan(records("A", "B"), Optional.of("B"));

    assertThat(planned.counts()).isEqualTo(Counted.conversations(1).records(0));
    assertThat(planned.gone().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(2));
  }

  @Test
  void countsARecordOnceThoughItWasPlannedAgainAfterACrash() {
    JobConversation planned =
        PENDING.plan(records("A", "B"), Optional.of("B")).plan(records("B", "C"), Optional.of("C"));

    assertThat(planned.gone().deletedRecords()).isEqualTo(3);
  }

  @Test
  void goesOnCountingAfterACommit() {
    JobConversation later =
        PENDING
            .plan(records("A", "B"), Optional.of("B"))
            .commit()
            .plan(records("C"), Optional.of("C"));

    assertThat(later.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(later.gone().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(3));
  }

  @Test
  void isDeletedAndNotSkippedIfAnEarlierRunDeletedAllOfIt() {
    JobConversation committed = PENDING.plan(records("A"), Optional.of("A")).commit();

    assertThat(committed.gone().outcome()).isEqualTo(Outcome.DELETED);
    assertThat(committed.gone().reason()).isEmpty();
  }

  @Test
  void failsWithWhatWasDeletedOfItCounted() {
    JobConversation failed =
        PENDING
            .plan(records("A", "B", "C"), Optional.of("C"))
            .failed(Reason.THROTTLED, records("B", "X"));

    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failed.reason()).contains(Reason.THROTTLED);
    assertThat(failed.counts()).isEqualTo(Counted.conversations(1).failed(1).records(2));
  }

  @Test
  void countsADeleteThatTakesEffectAfterItsConversationHasFailed() {
    JobConversation failed =
        PENDING
            .plan(records("A", "B"), Optional.of("B"))
            .failed(Reason.THROTTLED, records("A", "B"));

    assertThat(failed.isBegun()).isTrue();
    assertThat(failed.retried().seen(records("A")).deletedRecords()).isEqualTo(1);
    assertThat(failed.retried().gone().counts())
        .isEqualTo(Counted.conversations(1).deleted(1).records(2));
  }

  @Test
  void countsWhatWasFoundGoneAtOnceAndOnlyOnce() {
    JobConversation seen =
        PENDING.plan(records("A", "B", "C"), Optional.of("C")).seen(records("C", "late"));

    assertThat(seen.deletedRecords()).isEqualTo(2);
    assertThat(seen.seen(records("C")).deletedRecords()).isEqualTo(2);
    assertThat(seen.plan(records("C", "late"), Optional.of("late")).gone().deletedRecords())
        .isEqualTo(4);
  }

  @Test
  void failsUnseenWithItsPlanKept() {
    JobConversation planned = PENDING.plan(records("A"), Optional.of("A"));
    JobConversation failed = planned.failedUnseen(Reason.NO_PROGRESS);

    assertThat(failed.planned()).isEqualTo(records("A"));
    assertThat(failed.counts()).isEqualTo(Counted.conversations(1).failed(1).records(0));
    assertThat(failed.retried().gone().deletedRecords()).isEqualTo(1);
  }

  @Test
  void isPendingAgainWhenItIsRetried() {
    JobConversation retried = PENDING.failed(Reason.THROTTLED, RecordFingerprints.NONE).retried();

    assertThat(retried.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(retried.counts()).isEqualTo(Counted.conversations(1).records(0));
  }

  @Test
  void waitsWhileItIsStillOpen() {
    JobConversation open = PENDING.stillOpen();

    assertThat(open.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(open.reason()).contains(Reason.STILL_OPEN);
    assertThat(open.isBegun()).isFalse();
  }

  @Test
  void remembersTheLastKeyOfThePlanWhateverTheOrderOfPlanning() {
    JobConversation planned =
        PENDING
            .plan(records("B"), Optional.of("B"))
            .plan(records("A"), Optional.of("A"))
            .plan(RecordFingerprints.NONE, Optional.empty());

    assertThat(planned.plannedThrough()).contains("B");
  }

  /**
   * Only records that were planned and are gone count, even if workers die between plan and commit
   * and a writer adds records meanwhile.
   */
  @Property
  void countsExactlyTheDistinctRecordsPlannedAndGone(
      @ForAll @Size(max = 6) List<@Size(max = 8) Set<Integer>> plans, @ForAll Set<Integer> left) {
    JobConversation conversation = PENDING;
    Set<Integer> planned = new HashSet<>();
    for (Set<Integer> plan : plans) {
      conversation =
          conversation.plan(
              RecordFingerprints.of(plan.stream().map(String::valueOf).toList()), Optional.empty());
      planned.addAll(plan);
    }
    conversation =
        conversation.failed(
            Reason.THROTTLED, RecordFingerprints.of(left.stream().map(String::valueOf).toList()));

    planned.removeAll(left);
    assertThat(conversation.deletedRecords()).isEqualTo(planned.size());
  }
}
