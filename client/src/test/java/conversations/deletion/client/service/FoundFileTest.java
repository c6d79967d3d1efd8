package conversations.deletion.client.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoundFileTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.writeString(folder.resolve("found"), "");
    permit("rw-r--r--");
  }

  private void permit(String permissions) throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void whatTheUserAloneCouldWriteIsNotInDoubt() throws Exception {
    assertThat(FoundFile.doubt(file)).isEmpty();
  }

  @Test
  void whatBelongsToAnotherUserIsInDoubt() throws Exception {
    assertThat(FoundFile.doubt(file, new UnixSystem().getUid() + 1))
        .get()
        .asString()
        .contains("another user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw--w----", "rw-----w-", "rw-rw-rw-"})
  void whatOthersCanWriteIsInDoubt(String permissions) throws Exception {
    permit(permissions);

    assertThat(FoundFile.doubt(file)).get().asString().contains("other users can write");
  }

  @Test
  void aLinkAndAFolderAreInDoubt() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    assertThat(FoundFile.doubt(link)).get().asString().contains("link");
    assertThat(FoundFile.doubt(folder)).isPresent();
  }
}
