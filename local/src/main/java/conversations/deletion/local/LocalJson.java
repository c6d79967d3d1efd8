package conversations.deletion.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file that tells the client and scripts about a service that runs here. It is there for as
 * long as the service. While another service of the same folder runs, that one's file stays as it
 * is, and this one's has another name.
 */
final class LocalJson {

  private static final String PID = "pid";

  private final Path file;

  private LocalJson(Path file) {
    this.file = file;
  }

  /** The file for this process. */
  static LocalJson in(Path folder) {
    Path usual = folder.resolve("local.json");
    long pid = ProcessHandle.current().pid();
    return new LocalJson(
        isOfAnother(usual, pid) ? folder.resolve("local-%d.json".formatted(pid)) : usual);
  }

  private static boolean isOfAnother(Path file, long pid) {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      JsonNode owner = new ObjectMapper().readTree(Files.readString(file)).path(PID);
      return owner.canConvertToLong()
          && owner.longValue() != pid
          && ProcessHandle.of(owner.longValue()).filter(ProcessHandle::isAlive).isPresent();
    } catch (IOException _) {
      // It is of no use to anybody.
      return false;
    }
  }

  void write(LocalDescription description) throws IOException {
    description.write(file);
  }

  /** Deletes the file, so that nobody looks for a service that has ended. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells people where it is. */
  String howToUse() {
    Path whole = file.toAbsolutePath().normalize();
    return file.endsWith("local.json")
        ? "For scripts: " + whole
        : "Another service runs here. For the client and scripts, this one is --local " + whole;
  }
}
