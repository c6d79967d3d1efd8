package conversations.deletion.local.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Prints the demo's output. It uses colour and redraws lines only on a terminal, and only if {@code
 * NO_COLOR} is not set.
 */
final class Screen {
  /** Narrow enough for bar and text to fit in 80 columns. */
  private static final int BAR = 18;

  private final PrintStream out;
  private final boolean terminal;
  private int headings;
  private List<Bar> bars = List.of();
  private boolean blank;

  private Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A screen on the process's standard output, even if {@code System.out} is replaced. */
  static Screen standardOutput() {
    boolean terminal =
        System.console() != null
            && System.console().isTerminal()
            && System.getenv("NO_COLOR") == null;
    Charset charset = Charset.forName(System.getProperty("stdout.encoding", "UTF-8"));
    return new Screen(
        new PrintStream(
            new FileOutputStream(FileDescriptor.out),
            true,
            charset.newEncoder().canEncode('✓') ? charset : StandardCharsets.UTF_8),
        terminal);
  }

  void title(String text) {
    print(styled("1", text));
  }

  void heading(String text) {
    headings++;
    if (!blank) {
      print("");
    }
    print(styled("1;36", headings + "  " + text));
    print("");
  }

  void line(String text) {
    print(text.isEmpty() ? "" : "   " + text);
  }

  void block(String text) {
    text.lines().forEach(this::line);
  }

  void request(String text) {
    text.lines().forEach(line -> print("   " + styled("1", line)));
  }

  void faint(String text) {
    print("   " + styled("2", text));
  }

  void check(boolean right, String text) {
    print("   " + (right ? styled("32", "✓") : styled("1;31", "✗")) + " " + text);
  }

  void verdict(boolean right, String text) {
    print("");
    print(styled(right ? "1;32" : "1;31", text));
  }

  /**
   * Prints rows under a header. Columns are as wide as they need, and numbers are aligned to the
   * right. A header of empty texts is left out.
   */
  void table(List<String> header, List<List<String>> rows) {
    int columns = header.size();
    int[] widths = new int[columns];
    boolean[] numeric = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      int column = i;
      widths[i] =
          Math.max(
              header.get(i).length(),
              rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
      numeric[i] = rows.stream().allMatch(row -> row.get(column).matches("[\\d,.]*"));
    }
    if (!String.join("", header).isEmpty()) {
      print("   " + styled("2", row(header, widths, numeric)));
    }
    rows.forEach(row -> print("   " + row(row, widths, numeric)));
  }

  private static String row(List<String> cells, int[] widths, boolean[] numeric) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String gap = " ".repeat(widths[i] - cells.get(i).length());
      row.append(numeric[i] ? gap + cells.get(i) : cells.get(i) + gap).append("  ");
    }
    return row.toString().stripTrailing();
  }

  /** A progress bar: how far something is. */
  record Bar(String name, long done, long all, String text) {}

  /**
   * Shows bars. On a terminal they replace the bars drawn before. Elsewhere only bars that have
   * changed are printed.
   */
  void progress(List<Bar> now) {
    if (terminal && !bars.isEmpty()) {
      out.print("\033[" + bars.size() + "A");
    }
    for (Bar bar : now) {
      if (terminal) {
        print("   " + drawn(bar) + "\033[K");
      } else if (!bars.contains(bar)) {
        print("   " + drawn(bar));
      }
    }
    bars = List.copyOf(now);
  }

  private static String drawn(Bar bar) {
    int filled = bar.all() == 0 ? 0 : (int) (BAR * bar.done() / bar.all());
    return "%s [%s%s] %s"
        .formatted(bar.name(), "#".repeat(filled), ".".repeat(BAR - filled), bar.text());
  }

  private void print(String line) {
    out.println(line);
    blank = line.isEmpty();
  }

  private String styled(String style, String text) {
    return terminal ? "\033[" + style + "m" + text + "\033[0m" : text;
  }
}
