package conversations.deletion.client.service;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** A file that nobody named. It may have been left in a folder above by somebody else. */
final class FoundFile {

  private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private FoundFile() {}

  /** Says why the file need not be what the user of this process wrote; empty if it is. */
  static Optional<String> doubt(Path file) throws IOException {
    // Only Unix says who owns a file, by a number that can be compared.
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? doubt(file, new UnixSystem().getUid())
        : Optional.of("this system does not tell whose it is");
  }

  /** The same, for a user of this number. */
  static Optional<String> doubt(Path file, long user) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("it is a link, or no file");
    }
    Object owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (((Number) owner).longValue() != user) {
      return Optional.of("it belongs to another user");
    }
    boolean othersWrite =
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream()
            .anyMatch(WRITE_OF_OTHERS::contains);
    return othersWrite ? Optional.of("other users can write it") : Optional.empty();
  }
}
