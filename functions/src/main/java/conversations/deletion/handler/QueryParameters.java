package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The query parameters of a request. Their faults are collected while they are read. If a value is
 * absent, the caller did not send it, or it is among the {@link #faults}.
 */
final class QueryParameters {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

  /** The first moment that can be written with a year of four digits. */
  private static final Instant BEGINNING_OF_TIME = Timestamps.parse("0000-01-01T00:00:00.000Z");

  /** The last such moment. */
  private static final Instant END_OF_TIME = Timestamps.parse("9999-12-31T23:59:59.999Z");

  private final Map<String, List<String>> parameters;
  private final Faults faults = new Faults();

  /**
   * Takes the query parameters of a request.
   *
   * @param known the parameters that are allowed; any other is a fault, and so is one given twice
   */
  QueryParameters(APIGatewayProxyRequestEvent event, Set<String> known) {
    this.parameters = parameters(event);
    // No lambdas or streams here: they cost time at a function's cold start.
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      if (!known.contains(name)) {
        faults.add(Faults.nameOf(name), "unknown_parameter", "There is no such parameter.");
      } else if (parameter.getValue().size() != 1) {
        faults.add(name, "repeated_parameter", "Give this parameter only once.");
      }
    }
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

  /** The faults of what was read so far. */
  Faults faults() {
    return faults;
  }

  /**
   * The value of a parameter.
   *
   * @param reader reads the value; absent if it cannot: then a fault with this code and message is
   *     added
   */
  <T> Optional<T> value(
      String name, Function<String, Optional<T>> reader, String code, String message) {
    List<String> texts = parameters.getOrDefault(name, List.of());
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value = reader.apply(texts.getFirst());
    if (value.isEmpty()) {
      faults.add(name, code, message);
    }
    return value;
  }

  /** A whole number within these bounds, both included; absent if and only if it is a fault. */
  Optional<Integer> number(String name, int byDefault, int min, int max) {
    if (!parameters.containsKey(name)) {
      return Optional.of(byDefault);
    }
    String most = max == Integer.MAX_VALUE ? "" : " and at most " + max;
    return value(
        name,
        text -> wholeNumber(text, min, max),
        "invalid_number",
        "A whole number of at least " + min + most + " is expected.");
  }

  private static Optional<Integer> wholeNumber(String text, int min, int max) {
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(text);
    return number >= min && number <= max ? Optional.of(number) : Optional.empty();
  }

  /** The moments from one date to another, both included. A bound that is not given is open. */
  Optional<DateRange> range(String start, String end) {
    Optional<DateText> first = date(start);
    Optional<DateText> last = date(end);
    Instant from = first.isPresent() ? first.get().first() : BEGINNING_OF_TIME;
    Instant to = last.isPresent() ? last.get().last() : END_OF_TIME;
    if (from.isAfter(to)) {
      faults.add(start, "start_after_end", "The date must not be after " + end + ".");
      return Optional.empty();
    }
    return Optional.of(new DateRange(from, to));
  }

  private Optional<DateText> date(String name) {
    return value(name, DateText::parse, "invalid_date", DateText.EXPECTED);
  }
}
