package conversations.deletion.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened in a schedule, step by step. Of a long one only the end is kept. */
final class Trace {

  private static final int TAIL = 4000;

  private final Deque<String> tail = new ArrayDeque<>();
  private long hash;
  private int steps;

  void add(String line) {
    steps++;
    hash = hash * 31 + line.hashCode();
    tail.add(line);
    if (tail.size() > TAIL) {
      tail.remove();
    }
  }

  /** A hash that tells this trace from others. */
  long hash() {
    return hash;
  }

  List<String> tail() {
    return List.copyOf(tail);
  }

  int steps() {
    return steps;
  }
}
