package conversations.deletion.local.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** Finds a port for servers that cannot choose one themselves. */
final class FreePort {

  /** A try fails only if another process takes the port within milliseconds. */
  private static final int TRIES = 10;

  /** A server that listens at a port, or fails with a {@link BindException} as a cause. */
  interface Start<T> {
    T at(int port) throws Exception;
  }

  private FreePort() {}

  static int find() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a server. If another process has taken the free port meanwhile, the server tries the
   * next one.
   *
   * @throws IllegalStateException if the server does not start
   */
  static <T> T start(IntSupplier ports, Start<T> server) {
    for (int tries = 1; ; tries++) {
      try {
        return server.at(ports.getAsInt());
      } catch (Exception e) {
        if (tries == TRIES || !isTaken(e)) {
          throw new IllegalStateException("The server does not start", e);
        }
      }
    }
  }

  private static boolean isTaken(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(BindException.class::isInstance);
  }
}
