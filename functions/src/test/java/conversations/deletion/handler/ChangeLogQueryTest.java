package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.faults;
import static conversations.deletion.handler.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import conversations.deletion.domain.DateRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeLogQueryTest {

  private static final DateRange ALWAYS =
      new DateRange(
          Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999Z"));

  private static ChangeLogQuery query(Map<String, List<String>> parameters) {
    return ChangeLogQuery.of(request().withMultiValueQueryStringParameters(parameters));
  }

  private static List<String> faultsOf(Map<String, List<String>> parameters) {
    return faults(catchThrowableOfType(ProblemException.class, () -> query(parameters)));
  }

  @Test
  void isTheFirstPageOfEverythingByDefault() {
    assertThat(ChangeLogQuery.of(request())).isEqualTo(new ChangeLogQuery(ALWAYS, 0, 50));
    assertThat(query(Map.of())).isEqualTo(new ChangeLogQuery(ALWAYS, 0, 50));
  }

  @Test
  void readsAllItsParameters() {
    assertThat(
            query(
                Map.of(
                    "offset", List.of("2"),
                    "limit", List.of("10"),
                    "startDate", List.of("2026-05-04"),
                    "endDate", List.of("2999-12-31"))))
        .isEqualTo(
            new ChangeLogQuery(
                new DateRange(
                    Instant.parse("2026-05-04T00:00:00Z"),
                    Instant.parse("2999-12-31T23:59:59.999Z")),
                2,
                10));
  }

  /** Some invokers send only single values. */
  @Test
  void readsSingleValues() {
    assertThat(
            ChangeLogQuery.of(request().withQueryStringParameters(Map.of("limit", "7"))).pageSize())
        .isEqualTo(7);
  }

  @Test
  void mayEndBeforeTheEpoch() {
    assertThat(query(Map.of("endDate", List.of("1960-01-01"))).range().to())
        .isEqualTo(Instant.parse("1960-01-01T23:59:59.999Z"));
  }

  @ParameterizedTest
  @CsvSource(
      emptyValue = "",
      value = {
        "limit, 0, invalid_number",
        "limit, 51, invalid_number",
        "limit, -1, invalid_number",
        "limit, 1.0, invalid_number",
        "limit, '', invalid_number",
        "limit, ' 5', invalid_number",
        "limit, 99999999999, invalid_number",
        "limit, ٣, invalid_number",
        "offset, -1, invalid_number",
        "offset, x, invalid_number",
        "offset, 200, offset_too_large",
        "offset, 999999999, offset_too_large",
        "startDate, soon, invalid_date",
        "endDate, 2026-05-04T00:00:00, invalid_date",
        "Limit, 5, unknown_parameter",
      })
  void refusesWhatIsWrong(String name, String value, String code) {
    assertThat(faultsOf(Map.of(name, List.of(value)))).containsExactly(name + ": " + code);
  }

  @Test
  void reachesTenThousandEntries() {
    assertThat(query(Map.of("offset", List.of("199"))).page()).isEqualTo(199);
    assertThat(query(Map.of("offset", List.of("9999"), "limit", List.of("1"))).page())
        .isEqualTo(9999);
    assertThat(faultsOf(Map.of("offset", List.of("10000"), "limit", List.of("1"))))
        .containsExactly("offset: offset_too_large");
  }

  @Test
  void refusesRepetitionsAndNamesNothingUnreadable() {
    assertThat(faultsOf(Map.of("limit", List.of("5", "5"))))
        .containsExactly("limit: repeated_parameter");
    assertThat(faultsOf(Map.of("<b>", List.of("5"))))
        .containsExactly("(unreadable): unknown_parameter");
  }

  @Test
  void tellsEveryFaultAtOnce() {
    assertThat(
            faultsOf(
                Map.of(
                    "limit", List.of("0"),
                    "offset", List.of("x"),
                    "startDate", List.of("2026-05-05"),
                    "endDate", List.of("2026-05-04"),
                    "page", List.of("1"))))
        .containsExactlyInAnyOrder(
            "page: unknown_parameter",
            "offset: invalid_number",
            "limit: invalid_number",
            "startDate: start_after_end");
  }

  @Property
  void anythingIsEitherAQueryOrAProblem(
      @ForAll String offset, @ForAll String limit, @ForAll String date) {
    try {
      assertThat(
              query(
                  Map.of(
                      "offset", List.of(offset),
                      "limit", List.of(limit),
                      "startDate", List.of(date))))
          .isNotNull();
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isEqualTo(400);
    }
  }
}
