package conversations.deletion.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.local.console.OverTime.Dated;
import conversations.deletion.local.console.OverTime.Kind;
import conversations.deletion.local.console.OverTime.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverTimeTest {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  @Test
  void hasNoSpanWhereNoConversationTellsWhenItBegan() {
    assertThat(OverTime.of(List.of(), 3)).isEqualTo(new OverTime(60, List.of(), 3));
  }

  @Test
  void countsEachConversationOnceByItsKind() {
    OverTime chart =
        OverTime.of(
            List.of(
                new Dated(NOON, Kind.READY, 10),
                new Dated(NOON.plusMillis(59_999), Kind.OPEN, 20),
                new Dated(NOON.plusSeconds(120), Kind.FAILING, 0),
                new Dated(NOON.plusSeconds(121), Kind.HELD, 5)),
            0);

    assertThat(chart.spans())
        .containsExactly(
            new Span(NOON, 1, 1, 0, 0, 30),
            new Span(NOON.plusSeconds(60), 0, 0, 0, 0, 0),
            new Span(NOON.plusSeconds(120), 0, 0, 1, 1, 5));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT1M",
    "PT46M, PT1M",
    "PT5H, PT15M",
    "P1D, PT1H",
    "P30D, P1D",
    "P60D, P2D",
    "P365D, P14D",
    "P2500D, P90D"
  })
  void takesSpansThatPeopleCanName(Duration between, Duration span) {
    OverTime chart = OverTime.of(fromTo(NOON, NOON.plus(between)), 0);

    assertThat(chart.spanSeconds()).isEqualTo(span.toSeconds());
  }

  /** An imported conversation may tell any moment. */
  @ParameterizedTest
  @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "0001-01-01T00:00:00Z"})
  void staysWithinItsSpansHoweverOddAMomentIs(Instant odd) {
    for (Instant last : List.of(NOON, Instant.MAX)) {
      OverTime chart = OverTime.of(fromTo(odd, last), 0);

      assertThat(chart.spans()).hasSizeLessThanOrEqualTo(OverTime.MOST_SPANS);
      assertThat(chart.spans().getFirst().from()).isBeforeOrEqualTo(odd);
      assertThat(chart.spans()).extracting(Span::ready).startsWith(1).endsWith(1);
    }
  }

  @Test
  void losesNoConversation() {
    List<Dated> conversations =
        IntStream.range(0, 10_000)
            .mapToObj(i -> new Dated(NOON.plusSeconds(i * 7_919L), Kind.READY, 2))
            .toList();

    OverTime chart = OverTime.of(conversations, 0);

    assertThat(chart.spans().stream().mapToInt(Span::ready).sum()).isEqualTo(10_000);
    assertThat(chart.spans().stream().mapToLong(Span::records).sum()).isEqualTo(20_000);
    assertThat(chart.spans()).hasSizeLessThanOrEqualTo(OverTime.MOST_SPANS);
  }

  private static List<Dated> fromTo(Instant first, Instant last) {
    return Stream.of(first, last).map(at -> new Dated(at, Kind.READY, 1)).toList();
  }
}
