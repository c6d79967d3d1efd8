package conversations.deletion.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects checks: what should be true, and whether it is. */
final class Checks {
  private record Check(boolean right, String text) {}

  private final List<Check> checks = new ArrayList<>();

  /** Checks that the value found is the value expected. */
  void same(String what, Object expected, Object found) {
    boolean right = Objects.equals(expected, found);
    checks.add(new Check(right, what + ": " + (right ? found : found + " instead of " + expected)));
  }

  void that(String what, boolean right) {
    checks.add(new Check(right, what));
  }

  int size() {
    return checks.size();
  }

  long wrong() {
    return checks.stream().filter(check -> !check.right()).count();
  }

  void show(Screen screen) {
    checks.forEach(check -> screen.check(check.right(), check.text()));
  }
}
