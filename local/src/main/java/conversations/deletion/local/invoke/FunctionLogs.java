package conversations.deletion.local.invoke;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest lines that functions wrote, as their log groups would hold them. Thread-safe. */
public final class FunctionLogs {

  /**
   * A line of a function's log.
   *
   * @param function its logical id
   */
  public record Line(Instant at, String function, String text) {}

  private static final int MOST = 10_000;

  private final Deque<Line> lines = new ArrayDeque<>();

  /** Keeps a line. If there are more than 10,000 lines then, it discards the oldest. */
  public synchronized void add(Line line) {
    lines.addLast(line);
    if (lines.size() > MOST) {
      lines.removeFirst();
    }
  }

  /** The latest lines, oldest first. */
  public synchronized List<Line> latest(int most) {
    return lines.stream().skip(Math.max(0, lines.size() - most)).toList();
  }
}
