package conversations.deletion.adapter.dynamodb;

import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.Timestamps;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * The texts by which an index finds the conversations that began in a range. A platform may write a
 * moment with no digits after its second, or with more than three, and then texts need not sort by
 * time: the index is asked for a little more, and each text that it names is looked at.
 */
record StartTexts(DateRange range) {

  /** The first text to ask for. */
  String from() {
    return Timestamps.format(range.from());
  }

  /** The last text to ask for: it sorts after all texts of the range's last second. */
  String to() {
    return range.to().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Tells whether a text is a moment of the range. */
  boolean contains(String startedAt) {
    if (startedAt.compareTo(Timestamps.format(range.to())) <= 0) {
      return true;
    }
    try {
      return range.contains(Timestamps.parse(startedAt));
    } catch (DateTimeParseException _) {
      return false;
    }
  }
}
