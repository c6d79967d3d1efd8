package conversations.deletion.local;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.registration.ClientApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class OwnersFilesIT {

  @Test
  void keepsSecretsAndPersonalDataToTheOwnerOfTheFolder(@TempDir Path folder) throws Exception {
    LocalOptions options = LocalOptions.defaults().withFolder(folder).withFunctionsInOwnProcesses();
    try (LocalAws aws = LocalAws.start(options)) {
      new LocalDescription(aws, "st-1", "owner@bots.example", ClientApp.withNewSecret("app-1"))
          .write(folder.resolve("local.json"));
      new SamEnvironment(aws).write(folder.resolve("sam-env.json"));
      String sender = aws.template().parameter("SenderAddress");
      aws.clients()
          .ses()
          .sendEmail(
              mail ->
                  mail.source(sender)
                      .destination(to -> to.toAddresses("owner@bots.example"))
                      .message(
                          message ->
                              message
                                  .subject(subject -> subject.data("Subject"))
                                  .body(body -> body.text(text -> text.data("Text")))));

      List<Path> written = entries(folder);

      assertThat(written)
          .extracting(file -> file.getFileName().toString())
          .contains("local.json", "sam-env.json", "functions.log", "mails");
      assertThat(Stream.concat(written.stream(), entries(folder.resolve("mails")).stream()))
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .endsWith("------"));
    }
  }

  private static List<Path> entries(Path folder) throws Exception {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
