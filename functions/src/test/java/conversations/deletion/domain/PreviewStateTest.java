package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreviewStateTest {

  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56.097Z");
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void isGoodFromItsEndForAsLongAsTheStackSays() {
    PreviewState ended = PreviewState.SUBMITTED.pickedUp(NOW).ended(Optional.empty(), NOW, DAY);

    assertThat(ended.status()).isEqualTo(PreviewStatus.COMPLETED);
    assertThat(ended.hasExpired(NOW.plus(DAY).minusMillis(1))).isFalse();
    assertThat(ended.hasExpired(NOW.plus(DAY))).isTrue();
    assertThat(PreviewState.SUBMITTED.hasExpired(Instant.MAX)).isFalse();
  }

  @Test
  void isStuckSinceTheFirstTryAfterItLastGotOn() {
    PreviewState tried = PreviewState.SUBMITTED.pickedUp(NOW).failedOnce();
    PreviewState again = tried.pickedUp(NOW.plus(DAY)).failedOnce();

    assertThat(again.stuckSince()).contains(NOW);
    assertThat(again.ownFailures()).isEqualTo(2);
    PreviewState progressed = again.pickedUp(NOW.plus(DAY)).progressed(PreviewProgress.NONE);
    assertThat(progressed.stuckSince()).isEmpty();
    assertThat(progressed.ownFailures()).isZero();
  }

  @Test
  void hasAnEndWhenAndOnlyWhenItHasEnded() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PreviewState(
                    PreviewStatus.COMPLETED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    PreviewProgress.NONE,
                    Optional.empty(),
                    0));
  }

  @Test
  void aChunkOfAJobCantHoldMoreThanTheListHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DeletionTarget.PreviewedConversations(
                    PreviewId.of(new BotId("st-1"), new ClientAppId("app"), "1"),
                    1,
                    101,
                    new DeletionTarget.ListedConversations()));
  }
}
