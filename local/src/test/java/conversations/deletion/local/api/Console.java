package conversations.deletion.local.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Captures everything that this process prints from now on. That is all that functions log here,
 * metrics included. The output still goes where it went before.
 */
final class Console implements AutoCloseable {

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  Console(boolean quiet) {
    System.setOut(new PrintStream(quiet ? printed : new Both(out), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new Both(err), true, StandardCharsets.UTF_8));
  }

  String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  void clear() {
    printed.reset();
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }

  private final class Both extends OutputStream {

    private final OutputStream before;

    Both(OutputStream before) {
      this.before = before;
    }

    @Override
    public void write(int octet) throws IOException {
      before.write(octet);
      printed.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      before.write(octets, offset, length);
      printed.write(octets, offset, length);
    }
  }
}
