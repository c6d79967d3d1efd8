package conversations.deletion.local.client;

import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.registration.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The file that holds what a client app signs with, which none but its owner can read. */
final class KeyFile {

  private KeyFile() {}

  /**
   * Writes the secret, or the private key in PKCS #8.
   *
   * @throws IllegalArgumentException if there is a file for a client app of that id; no key gets
   *     lost
   */
  static Path write(Path folder, ClientApp app) {
    var file =
        folder.resolve(
            switch (app.key()) {
              case SigningKey.Secret _ -> app.appId() + ".secret";
              case SigningKey.Pair _ -> app.appId() + ".pem";
            });
    try {
      Files.createDirectories(folder);
      Files.createFile(file, ownerOnly(file));
      return Files.writeString(file, text(app.key()));
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(
          "There is a key of %s in %s already: move it away first".formatted(app.appId(), file), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(SigningKey key) {
    return switch (key) {
      case SigningKey.Secret(String text) -> text;
      case SigningKey.Pair pair -> pair.privatePem();
    };
  }

  /** Where files have no such permissions, those of the folder have to do. */
  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
