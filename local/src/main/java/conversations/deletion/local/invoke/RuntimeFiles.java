package conversations.deletion.local.invoke;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The files that a function's process needs: its package, and the runtime that Lambda would bring.
 * They lie in a folder of their own, which is deleted when this is closed.
 */
final class RuntimeFiles implements AutoCloseable {

  private static final Map<String, String> ARCHITECTURES =
      Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "aarch_64");

  private final Path folder;

  private RuntimeFiles(Path folder) {
    this.folder = folder;
  }

  /** Tells whether the native part of AWS's runtime client runs on this machine. */
  static boolean areThereForThisMachine() {
    return nativeClient().isPresent();
  }

  /**
   * @param parent the folder in which the new one is created
   */
  static RuntimeFiles unpack(DeployedPackage deployed, Path parent) {
    try {
      Files.createDirectories(parent);
      RuntimeFiles files =
          new RuntimeFiles(Files.createTempDirectory(parent, "lambda-").toRealPath());
      Files.createDirectory(files.task());
      deployed.layOut(files.task());
      // The client would unpack it to one fixed place, where processes disturb each other.
      try (InputStream library =
          AWSLambda.class.getResourceAsStream(nativeClient().orElseThrow())) {
        Files.copy(library, files.nativeLibrary());
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The function's code, as in {@code /var/task}. */
  Path task() {
    return folder.resolve("task");
  }

  Path nativeLibrary() {
    return folder.resolve("libaws-lambda-jni.so");
  }

  /**
   * The class path of the runtime alone. AWS's runtime client loads the function's code from the
   * task's folder.
   */
  String classPath() {
    return Stream.of(
            AWSLambda.class,
            LambdaRuntime.class,
            PojoSerializer.class,
            SdkInternalThreadLocal.class)
        .map(RuntimeFiles::home)
        .map(Path::toString)
        .collect(Collectors.joining(":"));
  }

  @Override
  public void close() {
    // Links are not followed, so their targets stay.
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> nativeClient() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    String architecture = System.getProperty("os.arch");
    return Optional.ofNullable(ARCHITECTURES.get(architecture))
        .map(name -> "/jni/libaws-lambda-jni.linux%s-%s.so".formatted(musl() ? "_musl" : "", name));
  }

  /** Tells whether the C library is musl, as on Alpine. */
  private static boolean musl() {
    return Stream.of("x86_64", "aarch64")
        .anyMatch(name -> Files.exists(Path.of("/lib/ld-musl-%s.so.1".formatted(name))));
  }

  private static Path home(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
