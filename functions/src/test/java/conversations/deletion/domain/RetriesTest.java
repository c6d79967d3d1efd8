package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private static final Instant TONIGHT = Instant.parse("2026-05-08T18:00:00Z");
  private static final Instant TOMORROW = Instant.parse("2026-05-09T18:00:00Z");

  @Test
  void aRetryUsesOneOnlyWhenItBegins() {
    Retries planned = Retries.initial().planRetry(TOMORROW);

    assertThat(planned.remaining()).isEqualTo(3);
    assertThat(planned.pickedUp(TOMORROW.minusMillis(1))).isEqualTo(planned);
    Retries begun = planned.pickedUp(TOMORROW);
    assertThat(begun.remaining()).isEqualTo(2);
    assertThat(begun.round()).isEqualTo(1);
    assertThat(begun.retryAt()).isEmpty();
  }

  @Test
  void theSameRetryIsUsedOnceHoweverOftenItIsPickedUp() {
    Retries begun = Retries.initial().planRetry(TOMORROW).pickedUp(TOMORROW);

    assertThat(begun.pickedUp(TOMORROW.plusSeconds(60))).isEqualTo(begun);
  }

  @Test
  void waitingForAnOpenConversationUsesNoRetry() {
    Retries waited = Retries.initial().planWait(TOMORROW).pickedUp(TOMORROW);

    assertThat(waited.remaining()).isEqualTo(3);
    assertThat(waited.round()).isZero();
    assertThat(waited.waitsRemaining()).isEqualTo(2);
    assertThat(waited.waitUntil()).isEmpty();
  }

  @Test
  void whatIsPlannedIsNotPutOff() {
    Retries planned = Retries.initial().planRetry(TONIGHT).planWait(TONIGHT);

    assertThat(planned.planRetry(TOMORROW)).isEqualTo(planned);
    assertThat(planned.planWait(TOMORROW)).isEqualTo(planned);
  }

  @Test
  void aJobThatNeedsNeitherUsesNeither() {
    assertThat(Retries.initial().pickedUp(TONIGHT)).isEqualTo(Retries.initial());
  }
}
