package conversations.deletion.client.view;

import java.util.Locale;

/** A number of bytes, in the largest unit of 1,000 that fits: {@code 812 B}, {@code 1.8 MB}. */
public record ByteSize(long bytes) {

  private static final String UNITS = "kMGTPE";

  @Override
  public String toString() {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double size = bytes;
    int unit = -1;
    // What would be rounded up to 1000.0 takes the next unit.
    while (size >= 999.95) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %cB", size, UNITS.charAt(unit));
  }
}
