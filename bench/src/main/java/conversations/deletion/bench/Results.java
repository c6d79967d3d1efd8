package conversations.deletion.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures, written for people and for programs. */
final class Results {

  private static final String ROW = "%-70s %14s %14s %-22s %7s %7s  %s%n";

  private Results() {}

  static String table(List<Figure> figures) {
    StringBuilder table =
        new StringBuilder(
            ROW.formatted("figure", "ours", "reference", "unit", "ratio", "goal", "met"));
    for (Figure one : figures) {
      table.append(
          ROW.formatted(
              one.name(),
              number(one.ours()),
              number(one.reference()),
              one.unit(),
              "%.3f".formatted(one.ratio()),
              goal(one),
              met(one)));
    }
    return table.toString();
  }

  private static String goal(Figure one) {
    if (!one.hasGoal()) {
      return "";
    }
    return (one.better() == Figure.Better.LOWER ? "<= " : ">= ") + plain(one.goal());
  }

  private static String met(Figure one) {
    if (!one.hasGoal()) {
      return "reported";
    }
    return one.isMet() ? "yes" : "no";
  }

  private static String number(double value) {
    return value == Math.rint(value) || Math.abs(value) >= 1_000
        ? "%,.0f".formatted(value)
        : "%,.3f".formatted(value);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  static String json(List<Figure> figures) throws IOException {
    return JSON.std
            .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
            .asString(figures.stream().map(Results::asMap).toList())
        + "\n";
  }

  private static Map<String, Object> asMap(Figure figure) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", figure.name());
    map.put("ours", figure.ours());
    map.put("reference", figure.reference());
    map.put("unit", figure.unit());
    map.put("ratio", figure.ratio());
    map.put("goal", figure.hasGoal() ? figure.goal() : null);
    map.put("better", figure.better().name().toLowerCase(Locale.ROOT));
    map.put("met", figure.hasGoal() ? figure.isMet() : null);
    return map;
  }
}
