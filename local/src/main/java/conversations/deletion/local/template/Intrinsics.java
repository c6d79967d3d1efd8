package conversations.deletion.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves CloudFormation's intrinsic functions.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">Intrinsic
 *     functions</a>
 */
final class Intrinsics {

  static final Set<String> NAMES =
      Set.of(
          "Ref",
          "Condition",
          "Fn::GetAtt",
          "Fn::Sub",
          "Fn::Join",
          "Fn::Split",
          "Fn::If",
          "Fn::Equals",
          "Fn::Not",
          "Fn::And",
          "Fn::Or");

  private static final Object NO_VALUE = new Object();
  private static final Pattern SUBSTITUTE = Pattern.compile("\\$\\{(!?)([^}]+)}");

  /** What names stand for. */
  interface Names {
    Object reference(String name);

    Object attribute(String logicalId, String attribute);

    Object condition(String name);
  }

  private final Names names;

  Intrinsics(Names names) {
    this.names = names;
  }

  /** The node with every function in it replaced by its value. */
  Object resolve(String place, Object node) {
    return switch (node) {
      case null -> null;
      case Map<?, ?> map when isFunction(map) -> {
        Map.Entry<?, ?> function = map.entrySet().iterator().next();
        yield call(place, String.valueOf(function.getKey()), function.getValue());
      }
      case Map<?, ?> map -> {
        LinkedHashMap<String, Object> resolved = new LinkedHashMap<String, Object>();
        map.forEach(
            (key, value) -> {
              Object result = resolve(place + "." + key, value);
              if (result != NO_VALUE) {
                resolved.put(String.valueOf(key), result);
              }
            });
        yield resolved;
      }
      case List<?> list -> {
        ArrayList<Object> resolved = new ArrayList<Object>();
        for (Object item : list) {
          Object result = resolve(place, item);
          if (result != NO_VALUE) {
            resolved.add(result);
          }
        }
        yield resolved;
      }
      default -> node;
    };
  }

  boolean holds(String place, Object condition) {
    if (resolve(place, condition) instanceof Boolean holds) {
      return holds;
    }
    throw new TemplateException(place + ": a condition is expected, not " + condition);
  }

  private static boolean isFunction(Map<?, ?> map) {
    if (map.size() != 1) {
      return false;
    }
    Map.Entry<?, ?> entry = map.entrySet().iterator().next();
    String name = String.valueOf(entry.getKey());
    // A policy statement may hold a "Condition" that is a mapping.
    return name.equals("Ref")
        || name.startsWith("Fn::")
        || name.equals("Condition") && entry.getValue() instanceof String;
  }

  private Object call(String place, String name, Object argument) {
    return switch (name) {
      case "Ref" -> reference(place, text(place, argument));
      case "Condition" -> names.condition(text(place, argument));
      case "Fn::GetAtt" -> getAtt(place, argument);
      case "Fn::Sub" -> sub(place, argument);
      case "Fn::Join" -> join(place, argument);
      case "Fn::Split" -> split(place, argument);
      case "Fn::If" -> {
        List<?> parts = list(place, argument, 3);
        Object holds = names.condition(text(place, parts.getFirst()));
        yield resolve(place, parts.get(Boolean.TRUE.equals(holds) ? 1 : 2));
      }
      case "Fn::Equals" -> {
        List<?> parts = list(place, argument, 2);
        yield text(place, resolve(place, parts.get(0)))
            .equals(text(place, resolve(place, parts.get(1))));
      }
      case "Fn::Not" -> !holds(place, list(place, argument, 1).getFirst());
      case "Fn::And" -> list(place, argument).stream().allMatch(part -> holds(place, part));
      case "Fn::Or" -> list(place, argument).stream().anyMatch(part -> holds(place, part));
      default -> throw new TemplateException(place + ": " + name + " is not understood here");
    };
  }

  private Object reference(String place, String name) {
    if (name.equals("AWS::NoValue")) {
      return NO_VALUE;
    }
    try {
      return names.reference(name);
    } catch (TemplateException e) {
      throw new TemplateException(place + ": " + e.getMessage(), e);
    }
  }

  private Object attribute(String place, String logicalId, String attribute) {
    try {
      return names.attribute(logicalId, attribute);
    } catch (TemplateException e) {
      throw new TemplateException(place + ": " + e.getMessage(), e);
    }
  }

  private Object getAtt(String place, Object argument) {
    List<? extends Object> parts =
        argument instanceof String dotted
            ? List.of(dotted.split("\\.", 2))
            : list(place, argument, 2);
    if (parts.size() != 2) {
      throw new TemplateException(place + ": Fn::GetAtt names no attribute: " + argument);
    }
    return attribute(place, text(place, parts.get(0)), text(place, parts.get(1)));
  }

  private Object sub(String place, Object argument) {
    List<? extends Object> parts =
        argument instanceof List<?> ? list(place, argument, 2) : List.of(argument, Map.of());
    Section own = Section.of(place, resolve(place, parts.get(1)));
    return SUBSTITUTE
        .matcher(text(place, parts.getFirst()))
        .replaceAll(
            match ->
                Matcher.quoteReplacement(substitute(place, match.group(1), match.group(2), own)));
  }

  private String substitute(String place, String literal, String name, Section own) {
    if (!literal.isEmpty()) {
      return "${" + name + "}";
    }
    if (own.has(name)) {
      return own.text(name);
    }
    String[] parts = name.split("\\.", 2);
    return text(
        place, parts.length == 2 ? attribute(place, parts[0], parts[1]) : reference(place, name));
  }

  private String join(String place, Object argument) {
    List<?> parts = list(place, argument, 2);
    List<?> items = list(place, resolve(place, parts.get(1)));
    return String.join(
        text(place, parts.getFirst()), items.stream().map(item -> text(place, item)).toList());
  }

  private List<String> split(String place, Object argument) {
    List<?> parts = list(place, argument, 2);
    String delimiter = Pattern.quote(text(place, parts.getFirst()));
    return List.of(text(place, resolve(place, parts.get(1))).split(delimiter, -1));
  }

  private static List<?> list(String place, Object node) {
    if (node instanceof List<?> list) {
      return list;
    }
    throw new TemplateException(place + ": a list is expected, not " + node);
  }

  private static List<?> list(String place, Object node, int size) {
    List<?> list = list(place, node);
    if (list.size() != size) {
      throw new TemplateException(
          "%s: %d arguments are expected, not %s".formatted(place, size, list));
    }
    return list;
  }

  private static String text(String place, Object node) {
    return switch (node) {
      case String text -> text;
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case null, default ->
          throw new TemplateException(place + ": a plain value is expected, not " + node);
    };
  }
}
