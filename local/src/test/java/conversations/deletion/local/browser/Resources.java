package conversations.deletion.local.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files on the class path. */
final class Resources {

  private Resources() {}

  static byte[] bytes(String name) {
    try (InputStream resource = Resources.class.getResourceAsStream(name)) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
