package conversations.deletion.handler;

import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.handler.Endpoint.Request;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conversations of a job, or of a preview, that a caller asks for.
 *
 * @param tokens the tokens of pages
 * @param from the place where the page begins
 * @param limit how many conversations the page has at most
 */
record ConversationsQuery(PageTokens tokens, ConversationPosition from, int limit) {

  private static final String LIMIT = "limit";
  private static final Set<String> KNOWN = Set.of(LIMIT, PageTokens.NAME);

  private static final String SEPARATOR = "#";
  private static final Pattern POSITION =
      Pattern.compile("([1-9]\\d{0,8})" + SEPARATOR + "(\\d{1,9})");

  /**
   * Reads the query of a request.
   *
   * @param owner the job or the preview whose conversations are asked for
   * @param maxPageSize the most conversations that a page of it may have
   * @throws ProblemException with all faults of the query, whether or not the bot has that
   */
  static ConversationsQuery of(Request request, String owner, int maxPageSize) {
    PageTokens tokens = new PageTokens("conversations", request.bot().value(), owner);
    QueryParameters parameters = new QueryParameters(request.event(), KNOWN);
    Optional<Integer> limit = parameters.number(LIMIT, maxPageSize, 1, maxPageSize);
    Optional<ConversationPosition> from =
        parameters.value(
            PageTokens.NAME,
            token -> tokens.read(token).flatMap(ConversationsQuery::position),
            PageTokens.INVALID,
            PageTokens.EXPECTED);
    parameters.faults().throwIfAny();
    return new ConversationsQuery(
        tokens, from.orElse(ConversationPosition.START), limit.orElseThrow());
  }

  /** The token by which a caller asks for the page that begins at this place. */
  String tokenOf(ConversationPosition position) {
    return tokens.write(position.chunk() + SEPARATOR + position.index());
  }

  private static Optional<ConversationPosition> position(String text) {
    Matcher position = POSITION.matcher(text);
    return position.matches()
        ? Optional.of(
            new ConversationPosition(
                Integer.parseInt(position.group(1)), Integer.parseInt(position.group(2))))
        : Optional.empty();
  }
}
