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
 * The query parameters of a request. What is wrong with them is gathered while they are read; what
 * is absent from an answer here was either not sent or is among the {@link #faults}.
 */
final class QueryParameters {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

  /** The first and the last moment that the written form of moments has room for. */
  private static final Instant BEGINNING_OF_TIME = Timestamps.parse("0000-01-01T00:00:00.000Z");

  private static final Instant END_OF_TIME = Timestamps.parse("9999-12-31T23:59:59.999Z");

  private final Map<String, List<String>> parameters;
  private final Faults faults = new Faults();

  /**
   * @param known the parameters that there are; others are faults, and so is one given twice
   */
  QueryParameters(APIGatewayProxyRequestEvent event, Set<String> known) {
    this.parameters = parameters(event);
    // No lambdas where plain loops do: whoever lists something waits for the first of an instance.
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      if (!known.contains(name)) {
        faults.add(Faults.nameOf(name), "unknown_parameter", "There is no such parameter.");
      } else if (parameter.getValue().size() != 1) {
        faults.add(name, "repeated_parameter", "It may be given once only.");
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

  /** What is wrong with what was read so far. */
  Faults faults() {
    return faults;
  }

  /**
   * A parameter that is read like this.
   *
   * @param reader absent for what it cannot read: that is a fault of this code and message
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

  /** A whole number within these bounds, both included; absent if, and only if, it is a fault. */
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

  /** The moments from one date to another, both included; where one is not given, all there are. */
  Optional<DateRange> range(String start, String end) {
    Optional<DateText> first = date(start);
    Optional<DateText> last = date(end);
    Instant from = first.isPresent() ? first.get().first() : BEGINNING_OF_TIME;
    Instant to = last.isPresent() ? last.get().last() : END_OF_TIME;
    if (from.isAfter(to)) {
      faults.add(start, "start_after_end", "It must not lie after " + end + ".");
      return Optional.empty();
    }
    return Optional.of(new DateRange(from, to));
  }

  private Optional<DateText> date(String name) {
    return value(name, DateText::parse, "invalid_date", DateText.EXPECTED);
  }
}
