package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.faults;
import static conversations.deletion.handler.Requests.grants;
import static conversations.deletion.handler.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import conversations.deletion.application.jobs.ListDeletionJobs.Filter;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobPosition;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.handler.Endpoint.Request;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobsQueryTest {

  private static final BotId BOT = new BotId("st-1");
  private static final DateRange ALWAYS =
      new DateRange(
          Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999Z"));
  private static final JobPosition POSITION =
      new JobPosition(
          Instant.parse("2026-05-08T17:49:06.505Z"),
          new JobId("cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c"));

  private static JobsQuery query(BotId bot, Map<String, List<String>> parameters) {
    return JobsQuery.of(
        new Request(
            bot,
            Caller.ofContext(grants("")),
            "invocation-1",
            request().withMultiValueQueryStringParameters(parameters)));
  }

  private static JobsQuery query(String... namesAndValues) {
    return query(BOT, parameters(namesAndValues));
  }

  private static Map<String, List<String>> parameters(String... namesAndValues) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return parameters;
  }

  private static List<String> faultsOf(Map<String, List<String>> parameters) {
    return faults(catchThrowableOfType(ProblemException.class, () -> query(BOT, parameters)));
  }

  private static List<String> faultsOf(String... namesAndValues) {
    return faultsOf(parameters(namesAndValues));
  }

  @Test
  void isTheFirstPageOfEverythingByDefault() {
    JobsQuery everything =
        new JobsQuery(BOT, new Filter(ALWAYS, Optional.empty()), Optional.empty(), 50);

    assertThat(query(BOT, null)).isEqualTo(everything);
    assertThat(query()).isEqualTo(everything);
  }

  @Test
  void readsAllItsParameters() {
    JobsQuery first = query("status", "completed", "from", "2026-05-04", "to", "2999-12-31");

    JobsQuery second =
        query(
            "status",
            "completed",
            "from",
            "2026-05-04",
            "to",
            "2999-12-31",
            "limit",
            "5",
            "nextToken",
            first.tokenOf(POSITION));

    assertThat(second)
        .isEqualTo(
            new JobsQuery(
                BOT,
                new Filter(
                    new DateRange(
                        Instant.parse("2026-05-04T00:00:00Z"),
                        Instant.parse("2999-12-31T23:59:59.999Z")),
                    Optional.of(JobStatus.COMPLETED)),
                Optional.of(POSITION),
                5));
  }

  @ParameterizedTest
  @EnumSource
  void knowsEveryStatusByItsName(JobStatus status) {
    assertThat(query("status", status.text()).filter().status()).contains(status);
  }

  @ParameterizedTest
  @CsvSource({
    "status, done, invalid_status",
    "status, QUEUED, invalid_status",
    "status, '', invalid_status",
    "limit, 0, invalid_number",
    "limit, 51, invalid_number",
    "limit, many, invalid_number",
    "from, soon, invalid_date",
    "to, 2026-05-04T00:00:00, invalid_date",
    "nextToken, '', invalid_token",
    "nextToken, AAAA, invalid_token",
    "Status, queued, unknown_parameter",
    "startDate, 2026-05-04, unknown_parameter",
  })
  void refusesWhatIsWrong(String name, String value, String code) {
    assertThat(faultsOf(name, value)).containsExactly(name + ": " + code);
  }

  @Test
  void tellsEveryFaultAtOnce() {
    Map<String, List<String>> parameters =
        parameters(
            "status", "x", "from", "2026-05-05", "to", "2026-05-04", "limit", "0", "page", "1");
    parameters.put("nextToken", List.of("a", "b"));

    assertThat(faultsOf(parameters))
        .containsExactlyInAnyOrder(
            "page: unknown_parameter",
            "nextToken: repeated_parameter",
            "status: invalid_status",
            "from: start_after_end",
            "limit: invalid_number");
    assertThat(faultsOf("limit", "0", "nextToken", "x"))
        .containsExactlyInAnyOrder("limit: invalid_number", "nextToken: invalid_token");
  }

  @Test
  void namesAllStatusesWhereOneIsWrong() {
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> query("status", "x"));

    assertThat(refusal.problem().errors())
        .singleElement()
        .satisfies(
            fault ->
                assertThat(fault.message())
                    .contains(Arrays.stream(JobStatus.values()).map(JobStatus::text).toList()));
  }

  @Test
  void takesATokenOfTheSameListingOnly() {
    String token = query("status", "queued", "from", "2026-05-04").tokenOf(POSITION);

    // The same moment written differently, or another page size, is still the same listing.
    assertThat(
            query(
                    "status",
                    "queued",
                    "from",
                    "2026-05-04T02:00:00+02:00",
                    "limit",
                    "7",
                    "nextToken",
                    token)
                .after())
        .contains(POSITION);
    assertThat(faultsOf("nextToken", token)).containsExactly("nextToken: invalid_token");
    assertThat(faultsOf("status", "failed", "from", "2026-05-04", "nextToken", token))
        .containsExactly("nextToken: invalid_token");
    assertThat(faultsOf("status", "queued", "from", "2026-05-05", "nextToken", token))
        .containsExactly("nextToken: invalid_token");
    Map<String, List<String>> same =
        parameters("status", "queued", "from", "2026-05-04", "nextToken", token);
    assertThat(
            faults(
                catchThrowableOfType(ProblemException.class, () -> query(new BotId("st-2"), same))))
        .containsExactly("nextToken: invalid_token");
  }

  /** DynamoDB refuses a place outside the query, and the caller must not get a 500 for it. */
  @Test
  void takesNoTokenThatWasMadeUpForAPlaceOutsideItsListing() {
    JobsQuery listing = query("to", "2026-05-08T17:49:06.504Z");

    assertThat(faultsOf("to", "2026-05-08T17:49:06.504Z", "nextToken", listing.tokenOf(POSITION)))
        .containsExactly("nextToken: invalid_token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#",
        "2026-05-08T17:49:06.505Z",
        "2026-05-08T17:49:06.505Z#cdj-1",
        "yesterday#cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c",
        "+99999-05-08T17:49:06.505Z#cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c"
      })
  void takesNoTokenThatWasMadeUpForNoPlace(String position) {
    PageTokens tokens =
        new PageTokens("jobs", "st-1", "", "0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z");
    String right = "2026-05-08T17:49:06.505Z#cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c";

    assertThat(query("nextToken", tokens.write(right)).after()).contains(POSITION);
    assertThat(faultsOf("nextToken", tokens.write(position)))
        .containsExactly("nextToken: invalid_token");
  }

  @Property
  void anythingIsEitherAQueryOrAProblem(
      @ForAll String status, @ForAll String date, @ForAll String token) {
    try {
      assertThat(query("status", status, "from", date, "nextToken", token)).isNotNull();
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isEqualTo(400);
    }
  }
}
