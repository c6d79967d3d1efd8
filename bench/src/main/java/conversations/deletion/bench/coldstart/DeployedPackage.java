package conversations.deletion.bench.coldstart;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The deployed package, as {@code sam build} lays it out: the classes, and in {@code lib} the jars
 * that they need at run time.
 *
 * @param root the folder of template.yaml
 */
record DeployedPackage(Path root) {

  /** Finds it in the working folder or in a folder above. */
  static DeployedPackage find() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("template.yaml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("no template.yaml in the working folder or above it");
      }
    }
    return new DeployedPackage(folder);
  }

  Path classes() {
    return root.resolve("functions/target/classes");
  }

  /**
   * @throws IOException also if the jars are missing; {@code mvn -Pbench package} copies them
   */
  List<Path> jars() throws IOException {
    try (Stream<Path> jars = Files.list(root.resolve("functions/target/lib"))) {
      return jars.sorted().toList();
    }
  }

  /** The class path of the package and of what runs it. */
  List<Path> classPath() throws IOException {
    List<Path> entries = new ArrayList<>();
    entries.add(classes());
    entries.addAll(jars());
    entries.addAll(FunctionJvm.runtime());
    return entries;
  }

  /** A sample event, by the name of its file without the ending. */
  String event(String name) throws IOException {
    return Files.readString(root.resolve("events/" + name + ".json"));
  }

  /** The size of the zip file that is uploaded. */
  long zippedBytes() throws IOException {
    CountingStream counter = new CountingStream();
    try (ZipOutputStream zip = new ZipOutputStream(counter);
        Stream<Path> files = Files.walk(classes())) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        add(zip, classes().relativize(file).toString(), file);
      }
      for (Path jar : jars()) {
        add(zip, "lib/" + jar.getFileName(), jar);
      }
    }
    return counter.bytes;
  }

  private static void add(ZipOutputStream zip, String name, Path file) {
    try {
      zip.putNextEntry(new ZipEntry(name));
      Files.copy(file, zip);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class CountingStream extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int offset, int length) {
      bytes += length;
    }
  }
}
