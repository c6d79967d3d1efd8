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

  private static Fingerprints records(String... keys) {
    return Fingerprints.of(List.of(keys));
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
    JobConversation planned = PENDING.plan(Store.RECORDS, records("A", "B"), Optional.of("B"));

    assertThat(planned.counts()).isEqualTo(Counted.conversations(1).records(0));
    assertThat(planned.gone().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(2));
  }

  @Test
  void countsARecordOnceThoughItWasPlannedAgainAfterACrash() {
    JobConversation planned =
        PENDING
            .plan(Store.RECORDS, records("A", "B"), Optional.of("B"))
            .plan(Store.RECORDS, records("B", "C"), Optional.of("C"));

    assertThat(planned.gone().records().deleted()).isEqualTo(3);
  }

  @Test
  void goesOnCountingAfterACommit() {
    JobConversation later =
        PENDING
            .plan(Store.RECORDS, records("A", "B"), Optional.of("B"))
            .commit(Store.RECORDS)
            .plan(Store.RECORDS, records("C"), Optional.of("C"));

    assertThat(later.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(later.gone().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(3));
  }

  @Test
  void isDeletedAndNotSkippedIfAnEarlierRunDeletedAllOfIt() {
    JobConversation committed =
        PENDING.plan(Store.RECORDS, records("A"), Optional.of("A")).commit(Store.RECORDS);

    assertThat(committed.gone().outcome()).isEqualTo(Outcome.DELETED);
    assertThat(committed.gone().reason()).isEmpty();
  }

  @Test
  void failsWithWhatWasDeletedOfItCounted() {
    JobConversation failed =
        PENDING
            .plan(Store.RECORDS, records("A", "B", "C"), Optional.of("C"))
            .seen(Store.RECORDS, records("B", "X"))
            .failed(Reason.REFUSED);

    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failed.reason()).contains(Reason.REFUSED);
    assertThat(failed.counts()).isEqualTo(Counted.conversations(1).failed(1).records(2));
  }

  @Test
  void countsADeleteThatTakesEffectAfterItsConversationHasFailed() {
    JobConversation failed =
        PENDING
            .plan(Store.RECORDS, records("A", "B"), Optional.of("B"))
            .seen(Store.RECORDS, records("A", "B"))
            .failed(Reason.REFUSED);

    assertThat(failed.isBegun()).isTrue();
    assertThat(failed.retried().seen(Store.RECORDS, records("A")).records().deleted()).isEqualTo(1);
    assertThat(failed.retried().gone().counts())
        .isEqualTo(Counted.conversations(1).deleted(1).records(2));
  }

  @Test
  void countsWhatWasFoundGoneAtOnceAndOnlyOnce() {
    JobConversation seen =
        PENDING
            .plan(Store.RECORDS, records("A", "B", "C"), Optional.of("C"))
            .seen(Store.RECORDS, records("C", "late"));

    assertThat(seen.records().deleted()).isEqualTo(2);
    assertThat(seen.seen(Store.RECORDS, records("C")).records().deleted()).isEqualTo(2);
    assertThat(
            seen.plan(Store.RECORDS, records("C", "late"), Optional.of("late"))
                .gone()
                .records()
                .deleted())
        .isEqualTo(4);
  }

  @Test
  void failsUnseenWithItsPlanKept() {
    JobConversation planned = PENDING.plan(Store.RECORDS, records("A"), Optional.of("A"));
    JobConversation failed = planned.failed(Reason.NO_PROGRESS);

    assertThat(failed.records().planned()).isEqualTo(records("A"));
    assertThat(failed.counts()).isEqualTo(Counted.conversations(1).failed(1).records(0));
    assertThat(failed.retried().gone().records().deleted()).isEqualTo(1);
  }

  @Test
  void isPendingAgainWhenItIsRetried() {
    JobConversation retried = PENDING.failed(Reason.REFUSED).retried();

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
            .plan(Store.RECORDS, records("B"), Optional.of("B"))
            .plan(Store.RECORDS, records("A"), Optional.of("A"))
            .plan(Store.RECORDS, Fingerprints.NONE, Optional.empty());

    assertThat(planned.records().through()).contains("B");
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
              Store.RECORDS,
              Fingerprints.of(plan.stream().map(String::valueOf).toList()),
              Optional.empty());
      planned.addAll(plan);
    }
    conversation =
        conversation.seen(
            Store.RECORDS, Fingerprints.of(left.stream().map(String::valueOf).toList()));

    planned.removeAll(left);
    assertThat(conversation.records().deleted()).isEqualTo(planned.size());
  }
}
