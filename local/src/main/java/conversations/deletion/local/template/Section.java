package conversations.deletion.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping of the template that knows where it stands, so that a fault can be told with its place.
 */
record Section(String place, Map<String, Object> values) {

  static Section of(String place, Object node) {
    if (!(node instanceof Map<?, ?> map)) {
      throw new TemplateException(place + ": a mapping is expected, not " + node);
    }
    LinkedHashMap<String, Object> values = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> values.put(String.valueOf(key), value));
    return new Section(place, values);
  }

  Set<String> names() {
    return values.keySet();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The mapping under that name; empty where there is none. */
  Section section(String name) {
    return of(place + "." + name, values.getOrDefault(name, Map.of()));
  }

  /** The mappings listed under that name; none where there is no list. */
  List<Section> sections(String name) {
    return list(name).stream().map(item -> of(place + "." + name, item)).toList();
  }

  String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new TemplateException(place + ": " + name + " is missing"));
  }

  Optional<String> optionalText(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      case Number number -> Optional.of(number.toString());
      case Boolean bool -> Optional.of(bool.toString());
      case Object other ->
          throw new TemplateException(
              "%s.%s: a plain value is expected, not %s".formatted(place, name, other));
    };
  }

  List<String> texts(String name) {
    return list(name).stream().map(String::valueOf).toList();
  }

  int number(String name) {
    String text = text(name);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TemplateException(
          "%s.%s: a whole number is expected, not %s".formatted(place, name, text), e);
    }
  }

  /** Refuses a name that is not among the understood ones: nothing is ignored in silence. */
  void onlyHas(Set<String> understood) {
    for (String name : names()) {
      if (!understood.contains(name)) {
        throw new TemplateException(place + ": " + name + " is not understood here");
      }
    }
  }

  private List<?> list(String name) {
    return switch (values.get(name)) {
      case null -> List.of();
      case List<?> list -> list;
      case Object other ->
          throw new TemplateException(
              "%s.%s: a list is expected, not %s".formatted(place, name, other));
    };
  }
}
