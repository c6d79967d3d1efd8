package conversations.deletion.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void theLeastReadsAreThoseOfEachRecordTwoLooksAndTheIndexTwice() {
    Shape.Reads least = Shape.of(2, 2_048).leastReads();

    assertThat(least.pages()).isEqualTo(2 * (2 + 2) + 2);
    assertThat(least.units()).isEqualTo(2 * (2 * 128 + 2) + 1);
  }

  @Test
  void theLeastReadsOfAPreviewAreThoseOfEachRecordAndOfTheIndexOnce() {
    Shape.Reads least = Shape.of(2, 2_048).leastPreviewReads();

    assertThat(least.pages()).isEqualTo(2 * 2 + 1);
    assertThat(least.units()).isEqualTo(2 * 2 * 256 + 0.5);
  }

  @Test
  void batchesArePackedAcrossConversations() {
    assertThat(Shape.of(10, 5).batches()).isEqualTo(2);
  }
}
