package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import conversations.deletion.application.ListChangeLog;
import conversations.deletion.domain.DateRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which part of a change log a caller wants.
 *
 * @param range when the entries were made
 * @param page from 0
 * @param pageSize entries of a page
 */
record ChangeLogQuery(DateRange range, int page, int pageSize) {

  private static final String OFFSET = "offset";
  private static final String LIMIT = "limit";
  private static final String START = "startDate";
  private static final String END = "endDate";
  private static final Set<String> KNOWN = Set.of(OFFSET, LIMIT, START, END);

  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

  /** The first and the last moment that the written form of moments has room for. */
  private static final Instant BEGINNING_OF_TIME = Instant.parse("0000-01-01T00:00:00.000Z");

  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

  /**
   * Reads the query of a request.
   *
   * @throws ProblemException with everything that is wrong with it
   */
  static ChangeLogQuery of(APIGatewayProxyRequestEvent event) {
    return new Reader(parameters(event)).read();
  }

  private static Map<String, List<String>> parameters(APIGatewayProxyRequestEvent event) {
    if (event.getMultiValueQueryStringParameters() != null) {
      return event.getMultiValueQueryStringParameters();
    }
    return Optional.ofNullable(event.getQueryStringParameters())
        .orElse(Map.of())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue())));
  }

  private static final class Reader {

    private final Map<String, List<String>> parameters;
    private final Faults faults = new Faults();

    Reader(Map<String, List<String>> parameters) {
      this.parameters = parameters;
    }

    ChangeLogQuery read() {
      parameters.forEach(
          (name, values) -> {
            if (!KNOWN.contains(name)) {
              faults.add(Faults.nameOf(name), "unknown_parameter", "There is no such parameter.");
            } else if (values.size() != 1) {
              faults.add(name, "repeated_parameter", "It may be given once only.");
            }
          });
      Optional<Integer> page = number(OFFSET, 0, 0, Integer.MAX_VALUE);
      Optional<Integer> size =
          number(LIMIT, ListChangeLog.MAX_PAGE_SIZE, 1, ListChangeLog.MAX_PAGE_SIZE);
      if (page.isPresent()
          && size.isPresent()
          && !ListChangeLog.isWithinReach(page.get(), size.get())) {
        faults.add(
            OFFSET,
            "offset_too_large",
            "Only the first " + ListChangeLog.MAX_ENTRIES + " entries can be paged through.");
      }
      Instant from = date(START).map(DateText::first).orElse(BEGINNING_OF_TIME);
      Instant to = date(END).map(DateText::last).orElse(END_OF_TIME);
      if (from.isAfter(to)) {
        faults.add(START, "start_after_end", "It must not lie after endDate.");
      }
      faults.throwIfAny();
      return new ChangeLogQuery(new DateRange(from, to), page.orElseThrow(), size.orElseThrow());
    }

    private Optional<String> text(String name) {
      return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }

    private Optional<Integer> number(String name, int byDefault, int min, int max) {
      Optional<String> text = text(name);
      if (text.isEmpty()) {
        return Optional.of(byDefault);
      }
      Optional<Integer> number =
          text.filter(digits -> WHOLE_NUMBER.matcher(digits).matches())
              .map(Integer::valueOf)
              .filter(value -> value >= min && value <= max);
      if (number.isEmpty()) {
        String most = max == Integer.MAX_VALUE ? "" : " and at most " + max;
        faults.add(
            name, "invalid_number", "A whole number of at least " + min + most + " is expected.");
      }
      return number;
    }

    private Optional<DateText> date(String name) {
      Optional<String> text = text(name);
      Optional<DateText> date = text.flatMap(DateText::parse);
      if (text.isPresent() && date.isEmpty()) {
        faults.add(name, "invalid_date", DateText.EXPECTED);
      }
      return date;
    }
  }
}
