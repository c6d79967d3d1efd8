package conversations.deletion.local.invoke;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;

/**
 * Replaces a JVM's standard output while functions run in that JVM. What a function's threads write
 * goes elsewhere, and is kept as that function's log. These are the threads that handle the
 * function's events, and all threads that they start. Everything else is passed on. Thread-safe.
 */
public final class FunctionOutput extends OutputStream {

  private static final InheritableThreadLocal<String> FUNCTION = new InheritableThreadLocal<>();

  private final PrintStream next;
  private final PrintStream ofFunctions;
  private final FunctionLogs logs;
  private final ThreadLocal<ByteArrayOutputStream> begun =
      ThreadLocal.withInitial(ByteArrayOutputStream::new);

  private FunctionOutput(PrintStream next, PrintStream ofFunctions, FunctionLogs logs) {
    this.next = next;
    this.ofFunctions = ofFunctions;
    this.logs = logs;
  }

  /**
   * Replaces {@link System#out} until the returned object is closed.
   *
   * @param ofFunctions takes what functions write
   */
  public static AutoCloseable replaceStandardOutput(FunctionLogs logs, PrintStream ofFunctions) {
    PrintStream before = System.out;
    System.setOut(
        new PrintStream(new FunctionOutput(before, ofFunctions, logs), true, before.charset()));
    return () -> System.setOut(before);
  }

  /**
   * Assigns the lines of the current thread, and of the threads that it starts, to that function.
   */
  static void belongsTo(String logicalId) {
    FUNCTION.set(logicalId);
  }

  @Override
  public void write(int oneByte) {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (FUNCTION.get() == null) {
      next.write(bytes, offset, length);
      return;
    }
    ofFunctions.write(bytes, offset, length);
    for (int i = offset; i < offset + length; i++) {
      keep(bytes[i]);
    }
  }

  @Override
  public void flush() {
    next.flush();
    ofFunctions.flush();
  }

  private void keep(byte one) {
    ByteArrayOutputStream line = begun.get();
    if (one == '\n') {
      logs.add(new FunctionLogs.Line(Instant.now(), FUNCTION.get(), line.toString(next.charset())));
      line.reset();
    } else {
      line.write(one);
    }
  }
}
