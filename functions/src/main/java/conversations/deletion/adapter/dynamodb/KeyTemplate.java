package conversations.deletion.adapter.dynamodb;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a platform makes a key: a text in which ids and moments stand in braces, such as {@code
 * BOT#{botId}#CONV#{conversationId}}.
 *
 * <p>Invariant: a key has one reading at most. Each placeholder is followed by the template's end
 * or by a character that nothing that stands for it may hold, so it ends where that character comes
 * first. What a platform wrote against that rule has no reading, and no key is made of it.
 */
final class KeyTemplate {

  private static final Pattern PART = Pattern.compile("\\{([^{}]*)}|[^{}]+|[{}]");

  /** What stands between placeholders, or a placeholder. */
  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Slot(Placeholder placeholder) implements Part {}
  }

  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private final Set<Placeholder> placeholders = EnumSet.noneOf(Placeholder.class);

  /**
   * @throws IllegalArgumentException if this is no template; its message says at which character
   */
  KeyTemplate(String text) {
    this.text = text;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      try {
        add(part);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'%s', character %d: %s".formatted(text, part.start() + 1, e.getMessage()), e);
      }
    }
  }

  private void add(Matcher part) {
    String word = part.group(1);
    if (word == null) {
      if (part.group().matches("[{}]")) {
        throw new IllegalArgumentException("this brace has no other");
      }
      requireEnd(part.group().charAt(0));
      parts.add(new Part.Literal(part.group()));
      return;
    }
    Placeholder placeholder =
        Placeholder.of(word)
            .orElseThrow(() -> new IllegalArgumentException("{" + word + "} is no placeholder"));
    if (!parts.isEmpty() && parts.getLast() instanceof Part.Slot(Placeholder before)) {
      throw new IllegalArgumentException(
          "where %s ends can't be told, as %s follows at once".formatted(before, placeholder));
    }
    if (!placeholders.add(placeholder) && placeholder != Placeholder.ANY) {
      throw new IllegalArgumentException(placeholder + " comes twice");
    }
    parts.add(new Part.Slot(placeholder));
  }

  private void requireEnd(char next) {
    if (!parts.isEmpty()
        && parts.getLast() instanceof Part.Slot(Placeholder before)
        && before.mayHold(next)) {
      throw new IllegalArgumentException(
          "where %s ends can't be told, as it may hold '%s' itself".formatted(before, next));
    }
  }

  boolean has(Placeholder placeholder) {
    return placeholders.contains(placeholder);
  }

  Set<Placeholder> placeholders() {
    return placeholders;
  }

  /** What each key begins with; empty if it begins with a placeholder. */
  String prefix() {
    return !parts.isEmpty() && parts.getFirst() instanceof Part.Literal(String literal)
        ? literal
        : "";
  }

  /** Tells whether this comes right behind the {@link #prefix}. */
  boolean beginsWith(Placeholder placeholder) {
    return parts.stream()
        .filter(Part.Slot.class::isInstance)
        .findFirst()
        .filter(new Part.Slot(placeholder)::equals)
        .isPresent();
  }

  /** The key of these values; absent if it would not read as them, so that no platform makes it. */
  Optional<String> make(Map<Placeholder, String> values) {
    StringBuilder key = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal(String literal) -> key.append(literal);
        case Part.Slot(Placeholder placeholder) -> key.append(values.get(placeholder));
      }
    }
    String made = key.toString();
    return read(made).filter(read -> values.entrySet().containsAll(read.entrySet())).map(_ -> made);
  }

  /** What a key says; absent if it is not of this form. {@code {any}} says nothing. */
  Optional<Map<Placeholder, String>> read(String key) {
    Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Part.Literal(String literal) -> {
          if (!key.startsWith(literal, at)) {
            return Optional.empty();
          }
          at += literal.length();
        }
        case Part.Slot(Placeholder placeholder) -> {
          int end = end(key, at, i + 1);
          if (end < 0 || !placeholder.takes(key.substring(at, end))) {
            return Optional.empty();
          }
          if (placeholder != Placeholder.ANY) {
            values.put(placeholder, key.substring(at, end));
          }
          at = end;
        }
      }
    }
    return at == key.length() ? Optional.of(values) : Optional.empty();
  }

  /**
   * As {@link #read}, if no id holds what separates the parts of this template. A key of more parts
   * than the template has would else seem to be of this form: {@code BOT#st-1#CONV#c-1} reads as
   * {@code {botId}#{conversationId}}, of a bot {@code BOT}.
   */
  Optional<Map<Placeholder, String>> readPlain(String key) {
    return read(key).filter(ids -> ids.values().stream().noneMatch(this::holdsSeparator));
  }

  private boolean holdsSeparator(String id) {
    return id.chars()
        .anyMatch(c -> !Placeholder.CONVERSATION.mayHold((char) c) && text.indexOf(c) >= 0);
  }

  /** Where a placeholder ends that is followed by this part; negative if it can't. */
  private int end(String key, int from, int next) {
    return next < parts.size() && parts.get(next) instanceof Part.Literal(String literal)
        ? key.indexOf(literal.charAt(0), from)
        : key.length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyTemplate template && text.equals(template.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
