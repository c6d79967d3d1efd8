package conversations.deletion.client.command;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time such as {@code 30s}, {@code 15m} or {@code 2h}. */
final class TimeText implements ITypeConverter<Duration> {

  private static final Pattern FORM = Pattern.compile("[1-9]\\d{0,5}[smh]");

  @Override
  public Duration convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException(
          "'%s' is not a time such as 30s, 15m or 2h".formatted(text));
    }
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }
}
