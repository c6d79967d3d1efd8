package conversations.deletion.client.key;

import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.registration.PublicKeyText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a public key that a client app has made. */
public final class PublicKeyFile {

  private static final String REMEDY =
      "Name the file of a public key in PEM with --public-key FILE.";

  private PublicKeyFile() {}

  /**
   * Reads the key.
   *
   * @throws Failure if the file can't be read, or holds no key that may be used
   */
  public static PublicKeyText read(Path file) {
    try {
      return PublicKeyText.read(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitStatus.USAGE,
          "%s has no key that may be used: it is %s".formatted(file, e.getMessage()),
          REMEDY,
          e);
    } catch (CharacterCodingException e) {
      throw new Failure(ExitStatus.USAGE, "%s is not a text in UTF-8".formatted(file), REMEDY, e);
    } catch (IOException e) {
      throw new Failure(ExitStatus.USAGE, "%s cannot be read".formatted(file), REMEDY, e);
    }
  }
}
