package conversations.deletion.local.template;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values of a template's parameters: those given, else the defaults, each held to the parameter's
 * own constraints.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html">Parameters</a>
 */
final class Parameters {

  private final Map<String, String> values = new LinkedHashMap<>();

  Parameters(Section declared, Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!declared.names().contains(name)) {
        throw new TemplateException("The template has no parameter " + name);
      }
    }
    for (String name : declared.names()) {
      Section parameter = declared.section(name);
      String value =
          Optional.ofNullable(given.get(name))
              .or(() -> parameter.optionalText("Default"))
              .orElseThrow(
                  () -> new TemplateException("Parameter " + name + " needs a value: none given"));
      check(name, value, parameter);
      values.put(name, value);
    }
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  private static void check(String name, String value, Section parameter) {
    parameter
        .optionalText("AllowedPattern")
        .filter(pattern -> !value.matches(pattern))
        .ifPresent(pattern -> refuse(name, value, "does not match " + pattern));
    List<String> allowed = parameter.texts("AllowedValues");
    if (!allowed.isEmpty() && !allowed.contains(value)) {
      refuse(name, value, "is none of " + allowed);
    }
    if (parameter.text("Type").equals("Number")) {
      BigDecimal number = number(name, value);
      parameter
          .optionalText("MinValue")
          .filter(least -> number.compareTo(new BigDecimal(least)) < 0)
          .ifPresent(least -> refuse(name, value, "is less than " + least));
      parameter
          .optionalText("MaxValue")
          .filter(most -> number.compareTo(new BigDecimal(most)) > 0)
          .ifPresent(most -> refuse(name, value, "is more than " + most));
    }
  }

  private static BigDecimal number(String name, String value) {
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException e) {
      throw new TemplateException("Parameter %s: \"%s\" is not a number".formatted(name, value), e);
    }
  }

  private static void refuse(String name, String value, String why) {
    throw new TemplateException("Parameter %s: \"%s\" %s".formatted(name, value, why));
  }
}
