package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CountsTest {

  @Provide
  Arbitrary<Counts> counts() {
    Arbitrary<Long> number = Arbitraries.longs().between(0, 1_000_000);
    return Combinators.combine(number, number, number, number, number, number, number)
        .as(
            (toDo, deleted, failed, skipped, records, attachments, retained) ->
                new Counts(
                    toDo + deleted + failed + skipped,
                    deleted,
                    failed,
                    skipped,
                    records,
                    attachments,
                    retained,
                    0,
                    0));
  }

  @Property
  void whatIsFoundIsDoneOrToDo(@ForAll("counts") Counts counts) {
    assertThat(counts.deleted() + counts.failed() + counts.skipped() + counts.toDo())
        .isEqualTo(counts.total());
    assertThat(counts.processed() + counts.toDo()).isEqualTo(counts.total());
  }

  @Property
  void partsAddUpInAnyOrder(
      @ForAll("counts") Counts one, @ForAll("counts") Counts two, @ForAll("counts") Counts three) {
    assertThat(one.plus(two).plus(three)).isEqualTo(three.plus(two.plus(one)));
    assertThat(one.plus(Counts.NONE)).isEqualTo(one);
  }

  @Property
  void aPartIsReplacedAsIfItHadNeverBeenThere(
      @ForAll("counts") Counts rest,
      @ForAll("counts") Counts before,
      @ForAll("counts") Counts after) {
    assertThat(rest.plus(before).replacing(before, after)).isEqualTo(rest.plus(after));
  }

  @Test
  void cannotBeNegativeOrMoreThanWasFound() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Counts(0, -1, 0, 0, 0, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Counts(0, 0, -1, 1, 0, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Counts(0, 1, 0, -1, 0, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Counts(0, 0, 0, 0, -1, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Counts(0, 0, 0, 0, 0, -1, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Counts(0, 0, 0, 0, 0, 0, -1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Counts(2, 1, 1, 1, 0, 0, 0, 0, 0));
  }
}
