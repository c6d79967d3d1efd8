package conversations.deletion.client.command;

import conversations.deletion.domain.Scope;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a scope, in lower case with hyphens or as the platform writes it. */
final class ScopeText implements ITypeConverter<Scope> {

  /** The names. */
  static final class Names implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  @Override
  public Scope convert(String text) {
    return Scope.find(text)
        .or(() -> Arrays.stream(Scope.values()).filter(s -> name(s).equals(text)).findFirst())
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is not one of %s".formatted(text, String.join(", ", names()))));
  }

  private static List<String> names() {
    return Arrays.stream(Scope.values()).map(ScopeText::name).toList();
  }

  private static String name(Scope scope) {
    return scope.text().toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
