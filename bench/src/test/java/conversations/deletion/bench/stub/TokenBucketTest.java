package conversations.deletion.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private static final long SECOND = 1_000_000_000;

  @Test
  void aRestedTableGivesItsWholeBurstAtOnceAndThenItsRate() {
    TokenBucket bucket = new TokenBucket(25, 300, 0);

    assertThat(bucket.has(7_500, 0)).isTrue();
    bucket.take(7_500);

    assertThat(bucket.has(1, 0)).isFalse();
    assertThat(bucket.has(25, SECOND)).isTrue();
    assertThat(bucket.has(26, SECOND)).isFalse();
  }

  @Test
  void nothingIsSavedUpBeyondTheBurst() {
    TokenBucket bucket = new TokenBucket(25, 300, 0);

    assertThat(bucket.has(7_500, 600 * SECOND)).isTrue();
    bucket.take(7_500);

    assertThat(bucket.has(1, 600 * SECOND)).isFalse();
  }

  @Test
  void aWriteLargerThanTheDepthIsPaidForLater() {
    TokenBucket bucket = new TokenBucket(100, 0.1, 0);

    assertThat(bucket.has(400, 0)).isTrue();
    bucket.take(400);

    assertThat(bucket.has(1, 3 * SECOND)).isFalse();
    assertThat(bucket.has(1, 4 * SECOND)).isTrue();
  }

  @Test
  void anEmptyBucketFillsAtTheNewRateFromTheMomentOfTheChange() {
    TokenBucket bucket = new TokenBucket(100, 300, 0);
    bucket.take(30_000);

    bucket.changeTo(200, 300, SECOND);

    assertThat(bucket.has(300, 2 * SECOND)).isTrue();
    assertThat(bucket.has(301, 2 * SECOND)).isFalse();
  }

  @Test
  void aLowerLimitLeavesNoMoreThanItsOwnBurst() {
    TokenBucket bucket = new TokenBucket(100, 300, 0);

    bucket.changeTo(50, 300, 0);
    bucket.take(15_000);

    assertThat(bucket.has(1, 0)).isFalse();
  }

  @Test
  void aLimitOfNothingTakesNothingAndWhatWasSavedUpIsLost() {
    TokenBucket bucket = new TokenBucket(100, 300, 0);

    bucket.changeTo(0, 300, 0);
    assertThat(bucket.has(1, 15 * SECOND)).isFalse();
    bucket.changeTo(100, 300, 15 * SECOND);

    assertThat(bucket.has(1, 15 * SECOND)).isFalse();
    assertThat(bucket.has(100, 16 * SECOND)).isTrue();
  }
}
