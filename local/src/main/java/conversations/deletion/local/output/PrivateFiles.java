package conversations.deletion.local.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes files that hold secrets or personal data. Only their owner can read them, from the first
 * byte on. Where the file system has no such permissions, they have those of their folder.
 */
public final class PrivateFiles {

  private static final String OF_A_FOLDER = "rwx------";
  private static final String OF_A_FILE = "rw-------";

  private PrivateFiles() {}

  /** Creates the folder, or takes everybody else's rights to one that is there. */
  public static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      if (hasPermissions(folder)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OF_A_FOLDER));
      }
      return;
    }
    Files.createDirectories(folder.toAbsolutePath().getParent());
    Files.createDirectory(folder, permissions(folder, OF_A_FOLDER));
  }

  /** Writes the file, and replaces it if it is there. Nobody sees a part of it. */
  public static void write(Path file, byte[] content) throws IOException {
    Path begun =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            file.getFileName().toString(),
            ".part",
            permissions(file, OF_A_FILE));
    try {
      Files.write(begun, content);
      Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(begun);
    }
  }

  /** Opens an empty file, and replaces it if it is there. */
  public static OutputStream open(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, permissions(file, OF_A_FILE));
    return Files.newOutputStream(file, StandardOpenOption.WRITE);
  }

  private static FileAttribute<?>[] permissions(Path place, String permissions) {
    return hasPermissions(place)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasPermissions(Path place) {
    return place.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
