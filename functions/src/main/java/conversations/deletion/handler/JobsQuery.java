package conversations.deletion.handler;

import conversations.deletion.application.jobs.ListDeletionJobs;
import conversations.deletion.application.jobs.ListDeletionJobs.Filter;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobPosition;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.handler.Endpoint.Request;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The jobs of a bot that a caller asks for.
 *
 * @param bot the bot
 * @param filter which of its jobs
 * @param after the place after which the page begins, within the filter's range; absent: the first
 *     page
 * @param limit how many jobs the page has at most
 */
record JobsQuery(BotId bot, Filter filter, Optional<JobPosition> after, int limit) {

  private static final String STATUS = "status";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String LIMIT = "limit";
  private static final Set<String> KNOWN = Set.of(STATUS, FROM, TO, LIMIT, PageTokens.NAME);

  private static final String SEPARATOR = "#";

  /**
   * Reads the query of a request.
   *
   * @throws ProblemException with all faults of the query
   */
  static JobsQuery of(Request request) {
    QueryParameters parameters = new QueryParameters(request.event(), KNOWN);
    Optional<JobStatus> status =
        parameters.value(
            STATUS,
            JobsQuery::status,
            "invalid_status",
            "The status must be one of " + statuses() + ".");
    Optional<DateRange> submitted = parameters.range(FROM, TO);
    // A token is valid only with the filters of its listing: without them it can't be checked.
    Optional<JobPosition> after =
        parameters.faults().isEmpty()
            ? after(parameters, request.bot(), new Filter(submitted.orElseThrow(), status))
            : Optional.empty();
    Optional<Integer> limit =
        parameters.number(LIMIT, ListDeletionJobs.MAX_PAGE_SIZE, 1, ListDeletionJobs.MAX_PAGE_SIZE);
    parameters.faults().throwIfAny();
    return new JobsQuery(
        request.bot(), new Filter(submitted.orElseThrow(), status), after, limit.orElseThrow());
  }

  /** The token by which a caller asks for the page after this place. */
  String tokenOf(JobPosition position) {
    return tokens(bot, filter)
        .write(Timestamps.format(position.submittedAt()) + SEPARATOR + position.job());
  }

  private static Optional<JobStatus> status(String text) {
    for (JobStatus status : JobStatus.values()) {
      if (status.text().equals(text)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  private static String statuses() {
    StringJoiner texts = new StringJoiner(", ");
    for (JobStatus status : JobStatus.values()) {
      texts.add(status.text());
    }
    return texts.toString();
  }

  private static Optional<JobPosition> after(QueryParameters parameters, BotId bot, Filter filter) {
    return parameters.value(
        PageTokens.NAME,
        token ->
            tokens(bot, filter)
                .read(token)
                .flatMap(JobsQuery::position)
                .filter(position -> filter.submitted().contains(position.submittedAt())),
        PageTokens.INVALID,
        PageTokens.EXPECTED);
  }

  private static PageTokens tokens(BotId bot, Filter filter) {
    return new PageTokens(
        "jobs",
        bot.value(),
        filter.status().map(JobStatus::text).orElse(""),
        Timestamps.format(filter.submitted().from()),
        Timestamps.format(filter.submitted().to()));
  }

  private static Optional<JobPosition> position(String text) {
    String[] parts = text.split(SEPARATOR, 2);
    if (parts.length < 2 || !JobId.isValid(parts[1])) {
      return Optional.empty();
    }
    try {
      return Optional.of(new JobPosition(Timestamps.parse(parts[0]), new JobId(parts[1])));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
