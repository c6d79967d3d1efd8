package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import conversations.deletion.simulation.Counted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkTest {

  private static final JobId JOB = JobId.of(new BotId("st-1"), new ClientAppId("app-1"), "one");

  private static JobConversation conversation(String id) {
    return JobConversation.pending(new ConversationId(id));
  }

  private static JobConversation refused(String id) {
    return conversation(id).failed(Reason.REFUSED);
  }

  private static JobConversation openToTheEnd(String id) {
    return conversation(id).failed(Reason.STILL_OPEN);
  }

  private static JobConversation deleted(String id) {
    return conversation(id)
        .plan(Store.RECORDS, Fingerprints.of(Set.of("SESSION")), Optional.of("SESSION"))
        .gone();
  }

  private static Chunk chunk(int round, JobConversation... conversations) {
    return new Chunk(JOB, 1, round, List.of(conversations), Optional.empty());
  }

  @Test
  void itsCountsAreThoseOfItsConversations() {
    assertThat(
            chunk(0, conversation("a"), deleted("b"), refused("c"), conversation("d").gone())
                .counts())
        .isEqualTo(Counted.conversations(4).deleted(1).failed(1).skipped(1).records(1));
    assertThat(chunk(0).counts()).isEqualTo(Counts.NONE);
  }

  @Test
  void aRetryTriesWhatFailedAndNothingElse() {
    Chunk entered =
        chunk(0, deleted("a"), refused("b"), conversation("c").gone(), openToTheEnd("d")).enter(1);

    assertThat(entered.round()).isEqualTo(1);
    assertThat(entered.conversations())
        .extracting(JobConversation::outcome)
        .containsExactly(Outcome.DELETED, Outcome.PENDING, Outcome.SKIPPED, Outcome.FAILED);
  }

  @Test
  void beginsNoMoreConversationsOnceItHoldsAllThePlansItHasRoomFor() {
    assertThat(chunk(0, undeleted(20_000), conversation("b")).isFull()).isFalse();
    assertThat(chunk(0, undeleted(20_001), conversation("b")).isFull()).isTrue();
  }

  private static JobConversation undeleted(int records) {
    Fingerprints all =
        Fingerprints.of(IntStream.range(0, records).mapToObj(Integer::toString).toList());
    return conversation("a").plan(Store.RECORDS, all, Optional.of("9")).failed(Reason.REFUSED);
  }

  @Test
  void nothingIsTriedTwiceInOneRound() {
    Chunk failedAgain = chunk(0, refused("a")).enter(1).with(List.of(refused("a")));

    assertThat(failedAgain.hasWork(1)).isFalse();
    assertThat(failedAgain.enter(1)).isEqualTo(failedAgain);
    assertThat(failedAgain.hasWork(2)).isTrue();
  }

  @Test
  void hasWorkAsLongAsAConversationIsPending() {
    assertThat(chunk(0, deleted("a"), conversation("b").stillOpen()).hasWork(0)).isTrue();
    assertThat(chunk(0, deleted("a"), openToTheEnd("b")).hasWork(3)).isFalse();
    assertThat(chunk(0).hasWork(3)).isFalse();
  }

  @Test
  void takesOverTheNewStatesAndLeavesTheOthers() {
    Chunk changed = chunk(0, conversation("a"), conversation("b")).with(List.of(deleted("b")));

    assertThat(changed.conversations())
        .extracting(JobConversation::outcome)
        .containsExactly(Outcome.PENDING, Outcome.DELETED);
  }

  @Test
  void dropsWhatIsNotTheJobs() {
    assertThat(
            chunk(0, conversation("a"), conversation("b")).without(Set.of(new ConversationId("a"))))
        .isEqualTo(chunk(0, conversation("b")));
  }

  @Test
  void isOfBoundedSize() {
    List<JobConversation> tooMany =
        IntStream.rangeClosed(0, Chunk.MAX_CONVERSATIONS)
            .mapToObj(i -> conversation("c" + i))
            .toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Chunk(JOB, 1, 0, tooMany, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Chunk(JOB, 0, 0, List.of(), Optional.empty()));
  }
}
