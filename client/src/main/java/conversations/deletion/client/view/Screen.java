package conversations.deletion.client.view;

import conversations.deletion.client.failure.Failure;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a command writes. People's lines go to the output, unless JSON is wanted: then nothing but
 * the JSON does, and what people watch meanwhile goes to the other stream.
 */
public final class Screen {

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal terminal;
  private final boolean json;

  /**
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

  /** Shows what came of a command: the JSON as it is, or lines for people. */
  public void show(String document, Supplier<List<String>> lines) {
    if (json) {
      out.println(document.strip());
    } else {
      lines.get().forEach(out::println);
    }
    out.flush();
  }

  /** Tells people something on the way to the result. */
  public void tell(String line) {
    PrintWriter writer = json ? err : out;
    writer.println(line);
    writer.flush();
  }

  /** Writes something over the line before. */
  public void redraw(String line) {
    PrintWriter writer = json ? err : out;
    writer.print(line);
    writer.flush();
  }

  /** Tells what is wrong, and what to do; where JSON is wanted, the refusal as it came too. */
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

  /** The stack trace, for those who asked for it. */
  public void trace(Failure failure) {
    failure.printStackTrace(err);
    err.flush();
  }
}
