package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.Estimate.Span;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

  private static final int KB = 1024;

  private static Estimate of(long conversations, Extent extent) {
    return Estimate.of(
        new PreviewCounts(conversations, 0, 0, 0, 0, 0, 0, extent, Optional.empty()));
  }

  /** Records of one conversation, in pages that hold so many. */
  private static Extent records(int count, double kilobytes, int aPage) {
    Volume volume = Volume.NONE;
    for (int rest = count; rest > 0; rest -= aPage) {
      volume = volume.plus(Volume.ofRequest(Math.min(rest, aPage) * kilobytes / 4));
    }
    return Extent.ofRecords(count, 1, 0, volume);
  }

  @Test
  void ofNothingIsNothing() {
    assertThat(of(0, Extent.NONE)).isEqualTo(new Estimate(new Span(0, 0), new Span(0, 0)));
  }

  @Test
  void aSmallRecordTakesAUnitAndAHeaderOneMoreForTheIndex() {
    Span units = of(1, records(100, 0.1, 10_000)).writeUnits();

    assertThat(units.least()).isEqualTo(101);
    assertThat(units.most()).isBetween(101L, 115L);
  }

  @ParameterizedTest
  @CsvSource({"2.5, 250", "4, 200", "20, 50", "400, 2"})
  void theMostIsWithinThreeTenthsOfTheLeastForLargerRecords(double kilobytes, int aPage) {
    Span units = of(1, records(1_000, kilobytes, aPage)).writeUnits();

    assertThat(units.most()).isLessThanOrEqualTo(units.least() * 13 / 10);
    long consumed = 1 + (long) (1_000 * Math.ceil(kilobytes));
    assertThat(units.least()).isLessThanOrEqualTo(consumed);
    assertThat(units.most()).isGreaterThanOrEqualTo(consumed * 99 / 100);
  }

  @Test
  void nobodyKnowsHowLargeRetainedRecordsAre() {
    Extent extent = Extent.ofRecords(10, 1, 5, new Volume(100L * 4 * KB, 1));

    assertThat(of(1, extent).writeUnits().least()).isEqualTo(11);
  }

  @Test
  void eachConversationIsListedThreeTimesAtLeast() {
    Extent listed = Extent.ofList(2, 10).plus(Extent.ofList(0, 0));

    assertThat(of(2, listed).lists()).isEqualTo(new Span(6, 10));
  }

  @Test
  void withoutABucketNothingIsListed() {
    assertThat(of(3, records(9, 1, 100)).lists()).isEqualTo(new Span(0, 0));
  }
}
