package conversations.deletion.client.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.registration.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A client app and its key, as a JSON file. It has {@code appId}, {@code algorithm} and {@code
 * requiresJti}; and either a {@code secret}, or {@code privateKey} (PKCS #8) and {@code publicKey},
 * both in PEM.
 */
public final class ClientAppFile {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rw-rw-");

  private ClientAppFile() {}

  /**
   * Writes a new file that only its owner can read, and creates the folders above it, which only
   * their owner can use.
   *
   * @throws Failure if the file exists already, so that no key gets lost; or if it can't be written
   */
  public static void write(Path file, ClientApp app) {
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent(), only("rwx------", file));
      }
      // Made and written in one go: nobody can put another file in its place meanwhile.
      try (WritableByteChannel channel = Files.newByteChannel(file, NEW, only("rw-------", file))) {
        Channels.newOutputStream(channel).write(text(app).getBytes(StandardCharsets.UTF_8));
      }
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          ExitStatus.USAGE,
          "The file %s already has a client app's key".formatted(file),
          "Move it away, or name another file with --out FILE.",
          e);
    } catch (IOException e) {
      throw new Failure(
          ExitStatus.USAGE,
          "%s cannot be written".formatted(file),
          "Name another file with --out FILE.",
          e);
    }
  }

  /**
   * Reads a client app from its file.
   *
   * @throws Failure if the file can't be read, or holds no client app
   */
  public static ClientApp read(Path file) {
    try {
      JsonNode app = JSON.readTree(Files.readString(file));
      return new ClientApp(text(app, "appId"), key(app), app.path("requiresJti").asBoolean(false));
    } catch (JsonProcessingException _) {
      // The parser quotes what it can't read, which may be a secret. So it is no cause.
      throw notAClientApp(file, "it is no JSON", null);
    } catch (IllegalArgumentException e) {
      throw notAClientApp(file, e.getMessage(), e);
    } catch (IOException e) {
      throw new Failure(
          ExitStatus.USAGE,
          "%s cannot be read".formatted(file),
          "Name a client app's file with --app-file FILE.",
          e);
    }
  }

  /** Whether others than the owner can read or write the file, as far as its file system tells. */
  static boolean isOpenToOthers(Path file) {
    try {
      return isPosix(file)
          && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (IOException _) {
      // Reading the file tells what is wrong with it.
      return false;
    }
  }

  private static Failure notAClientApp(Path file, String why, Exception cause) {
    return new Failure(
        ExitStatus.USAGE,
        "%s is not a client app's file: %s".formatted(file, why),
        "With --app-file FILE, name a file that deletions register-app has written.",
        cause);
  }

  private static SigningKey key(JsonNode app) {
    return app.has("secret")
        ? new SigningKey.Secret(text(app, "secret"))
        : SigningKey.Pair.read(
            JWSAlgorithm.parse(text(app, "algorithm")),
            text(app, "publicKey"),
            text(app, "privateKey"));
  }

  private static String text(JsonNode app, String name) {
    if (!app.path(name).isTextual()) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return app.path(name).asText();
  }

  private static String text(ClientApp app) {
    ObjectNode content = JSON.createObjectNode();
    content.put("appId", app.appId());
    content.put("algorithm", app.key().algorithm().getName());
    content.put("requiresJti", app.requiresJti());
    switch (app.key()) {
      case SigningKey.Secret(String secret) -> content.put("secret", secret);
      case SigningKey.Pair pair ->
          content.put("privateKey", pair.privatePem()).put("publicKey", pair.publicPem());
    }
    try {
      return JSON.writeValueAsString(content) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** If the file system has no such permissions, those of the folder must be enough. */
  private static FileAttribute<?>[] only(String permissions, Path file) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
