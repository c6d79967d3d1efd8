package conversations.deletion.client.view;

import conversations.deletion.client.failure.Failure;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a command writes. Without {@code --json}, the lines for people go to the output. With it,
 * only the JSON goes to the output, and what people watch meanwhile goes to the error stream.
 */
public final class Screen {

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal terminal;
  private final boolean json;

  /**
   * A screen on these streams.
   *
   * @param json whether JSON is wanted
   */
  public Screen(PrintWriter out, PrintWriter err, Terminal terminal, boolean json) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.json = json;
  }

  public Terminal terminal() {
    return terminal;
  }

  public JobText jobText() {
    return new JobText(terminal.colours());
  }

  /** Shows the result of a command: the JSON unchanged, or lines for people. */
  public void show(String document, Supplier<List<String>> lines) {
    if (json) {
      out.println(document.strip());
    } else {
      lines.get().forEach(out::println);
    }
    out.flush();
  }

  /** Shows people a line before the result. */
  public void tell(String line) {
    PrintWriter writer = json ? err : out;
    writer.println(line);
    writer.flush();
  }

  /** Writes a line over the one before. */
  public void redraw(String line) {
    PrintWriter writer = json ? err : out;
    writer.print(line);
    writer.flush();
  }

  /** Shows what is wrong and what to do. With JSON, it also prints the refusal unchanged. */
  public void fail(Failure failure) {
    if (json) {
      failure.document().ifPresent(out::println);
      out.flush();
    }
    String wrong = "deletions: " + failure.getMessage();
    err.println(terminal.colours() ? Colour.RED.on(wrong) : wrong);
    failure.details().forEach(detail -> err.println("  " + detail));
    err.println(failure.remedy());
    err.flush();
  }

  /** Shows the stack trace, if the person asked for it. */
  public void trace(Failure failure) {
    failure.printStackTrace(err);
    err.flush();
  }
}
