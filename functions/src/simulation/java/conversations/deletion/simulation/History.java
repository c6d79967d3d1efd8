package conversations.deletion.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A value with its former values, for reads that see an older one. */
final class History<T> {

  private record Version<T>(Instant since, T value) {}

  private final List<Version<T>> versions = new ArrayList<>();

  History(T initial) {
    versions.add(new Version<>(Instant.MIN, initial));
  }

  T latest() {
    return versions.getLast().value();
  }

  T asOf(Instant moment) {
    for (Version<T> version : versions.reversed()) {
      if (!version.since().isAfter(moment)) {
        return version.value();
      }
    }
    throw new IllegalStateException("a history begins before all moments");
  }

  void set(Instant now, T value) {
    versions.add(new Version<>(now, value));
  }
}
