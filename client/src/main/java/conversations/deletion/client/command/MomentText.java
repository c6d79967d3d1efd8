package conversations.deletion.client.command;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a moment: a length of time from now on, as {@link TimeText} does, or a timestamp. */
final class MomentText implements ITypeConverter<MomentText.Moment> {

  /** A moment that may depend on what time it is. */
  interface Moment {

    /** The moment as the service takes it. */
    String text(InstantSource clock);
  }

  /** A timestamp is passed on as it is: the service, not this program, checks it. */
  @Override
  public Moment convert(String text) {
    try {
      Duration length = new TimeText().convert(text);
      return clock -> clock.instant().plus(length).truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (TypeConversionException _) {
      return _ -> text;
    }
  }
}
