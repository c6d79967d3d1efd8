package conversations.deletion.client.view;

import conversations.deletion.client.api.Job;
import conversations.deletion.client.api.Preview;
import conversations.deletion.client.failure.Failure;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a command writes. Without {@code --json}, the lines for people go to the output. With it,
 * only the JSON goes to the output, and what people watch meanwhile goes to the error stream.
 *
 * <p>Nothing that it is given can do more than be read: not move the cursor, not begin a line.
 */
public final class Screen {

  /** Clears the line of the cursor, and moves to its beginning (ECMA-48, EL and CR). */
  private static final String AFRESH = "\r\u001b[2K";

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

  /** Tells whether only the JSON that comes goes to the output. */
  public boolean isJson() {
    return json;
  }

  public Terminal terminal() {
    return terminal;
  }

  /** Shows the result of a command: the JSON as it came, or lines for people. */
  public void show(String document, Supplier<List<String>> lines) {
    showLines(document, () -> lines.get().stream().map(Line::of).toList());
  }

  /** Shows a job: the JSON as it came, or all facts in lines for people. */
  public void showJob(String document, Supplier<Job> job) {
    showLines(document, () -> JobText.lines(job.get()));
  }

  /** Shows a preview: the JSON as it came, or all facts in lines for people. */
  public void showPreview(String document, Supplier<Preview> preview) {
    showLines(document, () -> PreviewText.lines(preview.get()));
  }

  private void showLines(String document, Supplier<List<Line>> lines) {
    if (json) {
      out.println(Printable.json(document.strip()));
    } else {
      lines.get().forEach(line -> out.println(written(line)));
    }
    out.flush();
  }

  /** Shows people a line before the result. */
  public void tell(String line) {
    tell(Line.of(line));
  }

  /** Shows people a line before the result. */
  public void tell(Line line) {
    PrintWriter writer = json ? err : out;
    writer.println(written(line));
    writer.flush();
  }

  /** Writes a line over the one before. The next can be written over it. */
  public void redraw(Line line) {
    PrintWriter writer = json ? err : out;
    writer.print(AFRESH + written(line));
    writer.flush();
  }

  /** Tells people what does not stop the command, and what they should know. */
  public void warn(String line) {
    err.println("deletions: " + Printable.text(line));
    err.flush();
  }

  /** Shows what is wrong and what to do. With JSON, it also prints the refusal as it came. */
  public void fail(Failure failure) {
    if (json) {
      failure.document().map(Printable::json).ifPresent(out::println);
      out.flush();
    }
    String wrong = "deletions: " + Printable.text(failure.getMessage());
    err.println(terminal.colours() ? Colour.RED.on(wrong) : wrong);
    failure.details().forEach(detail -> err.println("  " + Printable.text(detail)));
    err.println(Printable.text(failure.remedy()));
    err.flush();
  }

  /** Shows where the failure comes from, if the person asked for it. */
  public void trace(Failure failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      err.println(Printable.text(cause.toString()));
      for (StackTraceElement frame : cause.getStackTrace()) {
        err.println("\tat " + frame);
      }
    }
    err.flush();
  }

  private String written(Line line) {
    String status =
        line.status()
            .map(it -> terminal.colours() ? Colour.of(it).on(Line.words(it)) : Line.words(it))
            .orElse("");
    return Printable.text(line.before()) + status + Printable.text(line.after());
  }
}
