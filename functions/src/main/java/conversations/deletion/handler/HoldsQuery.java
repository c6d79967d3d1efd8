package conversations.deletion.handler;

import conversations.deletion.application.holds.ListHolds;
import conversations.deletion.domain.HoldId;
import conversations.deletion.handler.Endpoint.Request;
import java.util.Optional;
import java.util.Set;

/**
 * The holds of a bot that a caller asks for.
 *
 * @param tokens the tokens of pages
 * @param after the id after which the page begins; absent: the first page
 * @param limit how many holds the page has at most
 */
record HoldsQuery(PageTokens tokens, Optional<HoldId> after, int limit) {

  private static final String LIMIT = "limit";
  private static final Set<String> KNOWN = Set.of(LIMIT, PageTokens.NAME);

  /**
   * Reads the query of a request.
   *
   * @throws ProblemException with all faults of the query
   */
  static HoldsQuery of(Request request) {
    PageTokens tokens = new PageTokens("holds", request.bot().value());
    QueryParameters parameters = new QueryParameters(request.event(), KNOWN);
    Optional<Integer> limit =
        parameters.number(LIMIT, ListHolds.MAX_PAGE_SIZE, 1, ListHolds.MAX_PAGE_SIZE);
    Optional<HoldId> after =
        parameters.value(
            PageTokens.NAME,
            token -> tokens.read(token).filter(HoldId::isValid).map(HoldId::new),
            PageTokens.INVALID,
            PageTokens.EXPECTED);
    parameters.faults().throwIfAny();
    return new HoldsQuery(tokens, after, limit.orElseThrow());
  }
}
