package conversations.deletion.bench.stub;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of DynamoDB's expressions that the service uses. Conditions have comparisons, BETWEEN,
 * begins_with, the two tests for presence and sizes of sets, with AND, OR, NOT and brackets.
 * Updates SET to a value, or to one that is there, REMOVE, and ADD numbers and texts of sets.
 * Anything else is refused.
 */
final class Expressions {

  private static final Pattern TOKEN = Pattern.compile("\\s*([(),]|<=|>=|<>|[=<>+]|[#:\\w]+)");
  private static final Map<String, List<String>> TOKENS = new ConcurrentHashMap<>();

  private final List<String> tokens;
  private final Map<String, Object> names;
  private final Map<String, Object> values;
  private int at;

  private Expressions(String text, Map<String, Object> names, Map<String, Object> values) {
    this.tokens = TOKENS.computeIfAbsent(text, Expressions::tokenize);
    this.names = names;
    this.values = values;
  }

  private static List<String> tokenize(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (!text.substring(end).isBlank()) {
      throw new IllegalArgumentException("expression not understood: " + text);
    }
    return tokens;
  }

  /**
   * Tells whether the condition of the request holds for the item; true if there is no condition.
   */
  static boolean holds(Map<String, Object> request, String member, Map<String, Object> item) {
    String text = Json.text(request, member);
    return text == null || of(request, text).holds(item);
  }

  private static Expressions of(Map<String, Object> request, String text) {
    return new Expressions(
        text,
        Json.member(request, "ExpressionAttributeNames"),
        Json.member(request, "ExpressionAttributeValues"));
  }

  private boolean holds(Map<String, Object> item) {
    boolean result = or(item);
    if (at < tokens.size()) {
      throw new IllegalArgumentException("expression not understood: " + tokens);
    }
    return result;
  }

  private boolean or(Map<String, Object> item) {
    boolean result = and(item);
    while (accept("OR")) {
      result |= and(item);
    }
    return result;
  }

  private boolean and(Map<String, Object> item) {
    boolean result = not(item);
    while (accept("AND")) {
      result &= not(item);
    }
    return result;
  }

  private boolean not(Map<String, Object> item) {
    if (accept("NOT")) {
      return !not(item);
    }
    if (accept("(")) {
      boolean result = or(item);
      expect(")");
      return result;
    }
    return test(item);
  }

  private boolean test(Map<String, Object> item) {
    String first = next();
    return switch (first) {
      case "attribute_exists" -> isThere(item);
      case "attribute_not_exists" -> !isThere(item);
      case "begins_with" -> {
        expect("(");
        Map<String, Object> value = operand(next(), item);
        expect(",");
        Map<String, Object> prefix = operand(next(), item);
        expect(")");
        yield value != null && ((String) value.get("S")).startsWith((String) prefix.get("S"));
      }
      default -> comparison(operand(first, item), item);
    };
  }

  private boolean isThere(Map<String, Object> item) {
    expect("(");
    boolean result = item.containsKey(name(next()));
    expect(")");
    return result;
  }

  private boolean comparison(Map<String, Object> left, Map<String, Object> item) {
    String operator = next();
    Map<String, Object> right = operand(next(), item);
    Map<String, Object> upper = null;
    if (operator.equals("BETWEEN")) {
      expect("AND");
      upper = operand(next(), item);
    }
    if (left == null || right == null) {
      return operator.equals("<>");
    }
    int order = Attribute.compare(left, right);
    if (order == Integer.MIN_VALUE) {
      return operator.equals("<>");
    }
    return switch (operator) {
      case "=" -> order == 0;
      case "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "BETWEEN" -> order >= 0 && Attribute.compare(left, upper) <= 0;
      default -> throw new IllegalArgumentException("expression not understood: " + tokens);
    };
  }

  /** The item as the update expression of the request leaves it. */
  static void update(Map<String, Object> request, Map<String, Object> item) {
    of(request, Json.text(request, "UpdateExpression")).update(item);
  }

  private void update(Map<String, Object> item) {
    Map<String, Object> before = Map.copyOf(item);
    while (at < tokens.size()) {
      switch (next()) {
        case "SET" ->
            each(
                name -> {
                  expect("=");
                  item.put(name, operand(next(), before));
                });
        case "REMOVE" -> each(name -> item.remove(name));
        case "ADD" -> each(name -> item.put(name, sum(before.get(name), next())));
        default -> throw new IllegalArgumentException("expression not understood: " + tokens);
      }
    }
  }

  private void each(Consumer<String> clause) {
    do {
      clause.accept(name(next()));
    } while (accept(","));
  }

  private Map<String, Object> sum(Object before, String token) {
    Map<String, Object> added = operand(token, Map.of());
    if (added.containsKey("SS")) {
      Set<Object> union = new LinkedHashSet<>(set(before));
      union.addAll(set(added));
      return Map.of("SS", List.copyOf(union));
    }
    BigDecimal plus = new BigDecimal((String) added.get("N"));
    return Map.of(
        "N",
        before == null ? plus.toString() : new BigDecimal(number(before)).add(plus).toString());
  }

  /** The texts of a set; none if there is no value. */
  private static List<?> set(Object value) {
    if (value == null) {
      return List.of();
    }
    if (((Map<?, ?>) value).get("SS") instanceof List<?> texts) {
      return texts;
    }
    throw new IllegalArgumentException("not a set: " + value);
  }

  private static String number(Object value) {
    return (String) ((Map<?, ?>) value).get("N");
  }

  /**
   * What a path, a placeholder of a value or a function stands for; null if the item has no such
   * value.
   */
  @SuppressWarnings("unchecked")
  private Map<String, Object> operand(String token, Map<String, Object> item) {
    if (token.equals("size")) {
      expect("(");
      Map<String, Object> size = Map.of("N", Integer.toString(set(operand(next(), item)).size()));
      expect(")");
      return size;
    }
    if (token.equals("if_not_exists")) {
      expect("(");
      Map<String, Object> present = operand(next(), item);
      expect(",");
      Map<String, Object> other = operand(next(), item);
      expect(")");
      return present == null ? other : present;
    }
    return (Map<String, Object>)
        (token.startsWith(":") ? values.get(token) : item.get(name(token)));
  }

  private String name(String token) {
    return token.startsWith("#") ? (String) names.get(token) : token;
  }

  private boolean accept(String token) {
    if (at < tokens.size() && tokens.get(at).equals(token)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw new IllegalArgumentException("expression not understood: " + tokens);
    }
  }

  private String next() {
    if (at == tokens.size()) {
      throw new IllegalArgumentException("expression not understood: " + tokens);
    }
    return tokens.get(at++);
  }
}
