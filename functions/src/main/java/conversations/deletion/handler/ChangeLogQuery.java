package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import conversations.deletion.application.jobs.ListChangeLog;
import conversations.deletion.domain.DateRange;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a change log that a caller asks for.
 *
 * @param range when the entries were made
 * @param page number of the page, from 0
 * @param pageSize how many entries a page has at most
 */
record ChangeLogQuery(DateRange range, int page, int pageSize) {

  private static final String OFFSET = "offset";
  private static final String LIMIT = "limit";
  private static final String START = "startDate";
  private static final String END = "endDate";
  private static final Set<String> KNOWN = Set.of(OFFSET, LIMIT, START, END);

  /**
   * Reads the query of a request.
   *
   * @throws ProblemException with all faults of the query
   */
  static ChangeLogQuery of(APIGatewayProxyRequestEvent event) {
    QueryParameters parameters = new QueryParameters(event, KNOWN);
    Optional<Integer> page = parameters.number(OFFSET, 0, 0, Integer.MAX_VALUE);
    Optional<Integer> size =
        parameters.number(LIMIT, ListChangeLog.MAX_PAGE_SIZE, 1, ListChangeLog.MAX_PAGE_SIZE);
    if (page.isPresent()
        && size.isPresent()
        && !ListChangeLog.isWithinReach(page.get(), size.get())) {
      parameters
          .faults()
          .add(
              OFFSET,
              "offset_too_large",
              "Only the first " + ListChangeLog.MAX_ENTRIES + " entries can be listed.");
    }
    Optional<DateRange> range = parameters.range(START, END);
    parameters.faults().throwIfAny();
    return new ChangeLogQuery(range.orElseThrow(), page.orElseThrow(), size.orElseThrow());
  }
}
