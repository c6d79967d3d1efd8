package conversations.deletion.local.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PrivateFilesTest {

  @TempDir private Path folder;

  @Test
  void letsOnlyTheOwnerReadAFileFromItsFirstByteOn() throws IOException {
    Path file = folder.resolve("log");

    try (OutputStream log = PrivateFiles.open(file)) {
      assertThat(permissions(file)).isEqualTo("rw-------");
      log.write('x');
    }

    assertThat(file).hasContent("x");
  }

  @Test
  void replacesAFileThatOthersCouldRead() throws IOException {
    Path written = readable("written");
    Path opened = readable("opened");

    PrivateFiles.write(written, new byte[] {'x'});
    PrivateFiles.open(opened).close();

    assertThat(permissions(written)).isEqualTo("rw-------");
    assertThat(written).hasContent("x");
    assertThat(permissions(opened)).isEqualTo("rw-------");
    assertThat(opened).isEmptyFile();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("written", "opened");
  }

  @Test
  void followsNoLinkThatLiesInItsWay() throws IOException {
    Path others = readable("others");
    Path link = Files.createSymbolicLink(folder.resolve("link"), others);

    PrivateFiles.write(link, new byte[] {'x'});

    assertThat(others).hasContent("old");
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(link).hasContent("x");
  }

  @Test
  void takesOthersRightsToAFolder() throws IOException {
    Path left = Files.createDirectory(folder.resolve("left"));
    Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path created = folder.resolve("above/created");

    PrivateFiles.createFolder(left);
    PrivateFiles.createFolder(created);

    assertThat(permissions(left)).isEqualTo("rwx------");
    assertThat(permissions(created)).isEqualTo("rwx------");
  }

  private Path readable(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
