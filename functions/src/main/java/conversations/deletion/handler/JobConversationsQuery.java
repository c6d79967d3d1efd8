package conversations.deletion.handler;

import conversations.deletion.application.jobs.ListJobConversations;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.JobId;
import conversations.deletion.handler.Endpoint.Request;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conversations of a job that a caller asks for.
 *
 * @param bot the bot
 * @param job the job
 * @param from the place where the page begins
 * @param limit how many conversations the page has at most
 */
record JobConversationsQuery(BotId bot, JobId job, ConversationPosition from, int limit) {

  private static final String LIMIT = "limit";
  private static final Set<String> KNOWN = Set.of(LIMIT, PageTokens.NAME);

  private static final String SEPARATOR = "#";
  private static final Pattern POSITION =
      Pattern.compile("([1-9]\\d{0,8})" + SEPARATOR + "(\\d{1,9})");

  /**
   * Reads the query of a request.
   *
   * @throws ProblemException with all faults of the query, whether or not the bot has that job; or
   *     if the path names no valid job id
   */
  static JobConversationsQuery of(Request request) {
    BotId bot = request.bot();
    JobId job = request.job();
    QueryParameters parameters = new QueryParameters(request.event(), KNOWN);
    Optional<Integer> limit =
        parameters.number(
            LIMIT, ListJobConversations.MAX_PAGE_SIZE, 1, ListJobConversations.MAX_PAGE_SIZE);
    Optional<ConversationPosition> from =
        parameters.value(
            PageTokens.NAME,
            token -> tokens(bot, job).read(token).flatMap(JobConversationsQuery::position),
            PageTokens.INVALID,
            PageTokens.EXPECTED);
    parameters.faults().throwIfAny();
    return new JobConversationsQuery(
        bot, job, from.orElse(ConversationPosition.START), limit.orElseThrow());
  }

  /** The token by which a caller asks for the page that begins at this place. */
  String tokenOf(ConversationPosition position) {
    return tokens(bot, job).write(position.chunk() + SEPARATOR + position.index());
  }

  private static PageTokens tokens(BotId bot, JobId job) {
    return new PageTokens("conversations", bot.value(), job.value());
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
