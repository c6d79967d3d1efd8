package conversations.deletion.application.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import conversations.deletion.application.port.StoreFitness;
import conversations.deletion.testing.RecordedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequireFitStoresTest {

  private static final List<String> FAULTS = List.of("one: It is so.", "other: It is not so.");

  private final RecordedLog log = new RecordedLog();
  private int looks;
  private List<String> faults = List.of();
  private RuntimeException failure;

  private final RequireFitStores require = new RequireFitStores(List.of(this::look), log);

  private List<String> look() {
    looks++;
    if (failure != null) {
      throw failure;
    }
    return faults;
  }

  @Test
  void looksOnceWhereAllIsWell() {
    require.requireFit();
    require.requireFit();

    assertThat(looks).isEqualTo(1);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void tellsAllFaultsInOneExceptionAndOneLine() {
    faults = FAULTS;

    assertThatThrownBy(require::requireFit)
        .asInstanceOf(type(UnfitStoresException.class))
        .satisfies(unfit -> assertThat(unfit.faults()).isEqualTo(FAULTS))
        .extracting(Throwable::getMessage)
        .isEqualTo("what keeps the conversations is unfit: one: It is so. other: It is not so.");
    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo("error");
              assertThat(line.event()).isEqualTo("records_table_unfit");
              assertThat(line.fields()).isEqualTo(Map.of("faults", FAULTS));
            });
  }

  @Test
  void tellsTheFaultsOfAllStoresTogether() {
    List<StoreFitness> stores =
        List.of(() -> List.of("one: It is so."), List::of, () -> List.of("other: It is not so."));

    assertThatThrownBy(new RequireFitStores(stores, log)::requireFit)
        .asInstanceOf(type(UnfitStoresException.class))
        .satisfies(unfit -> assertThat(unfit.faults()).isEqualTo(FAULTS));
    assertThat(log.lines())
        .singleElement()
        .satisfies(line -> assertThat(line.fields()).isEqualTo(Map.of("faults", FAULTS)));
  }

  @Test
  void looksAgainUntilTheFaultIsMended() {
    faults = FAULTS;
    assertThatThrownBy(require::requireFit).isInstanceOf(UnfitStoresException.class);
    assertThatThrownBy(require::requireFit).isInstanceOf(UnfitStoresException.class);

    faults = List.of();

    assertThatCode(require::requireFit).doesNotThrowAnyException();
    assertThat(looks).isEqualTo(3);
  }

  @Test
  void letsNothingBeDeletedWhileItCannotTellAndLooksAgain() {
    failure = new IllegalStateException("no answer");
    assertThatThrownBy(require::requireFit).isSameAs(failure);
    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo("warn");
              assertThat(line.event()).isEqualTo("records_table_unchecked");
              assertThat(line.cause()).contains(failure);
            });

    failure = null;

    assertThatCode(require::requireFit).doesNotThrowAnyException();
    assertThat(looks).isEqualTo(2);
  }
}
