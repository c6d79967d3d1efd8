package conversations.deletion.local.invoke;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;

/**
 * Replaces a JVM's standard output while functions run in that JVM. It passes everything on, and
 * keeps the lines of a function's threads as that function's log. These are the threads that handle
 * the function's events, and all threads that they start. Thread-safe.
 */
public final class FunctionOutput extends OutputStream {

  private static final InheritableThreadLocal<String> FUNCTION = new InheritableThreadLocal<>();

  private final PrintStream next;
  private final FunctionLogs logs;
  private final ThreadLocal<ByteArrayOutputStream> begun =
      ThreadLocal.withInitial(ByteArrayOutputStream::new);

  private FunctionOutput(PrintStream next, FunctionLogs logs) {
    this.next = next;
    this.logs = logs;
  }

  /** Replaces {@link System#out} until the returned object is closed. */
  public static AutoCloseable replaceStandardOutput(FunctionLogs logs) {
    PrintStream before = System.out;
    System.setOut(new PrintStream(new FunctionOutput(before, logs), true, before.charset()));
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
    next.write(bytes, offset, length);
    if (FUNCTION.get() != null) {
      for (int i = offset; i < offset + length; i++) {
        keep(bytes[i]);
      }
    }
  }

  @Override
  public void flush() {
    next.flush();
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
