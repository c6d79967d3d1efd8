package conversations.deletion.client.command;

import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import picocli.CommandLine.Option;

/** The option that makes it safe to give a command again. */
final class KeyOption {

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The same command with the same key makes no second job or preview.")
  private String key = UUID.randomUUID().toString();

  /**
   * The key: the person's own, or a new one.
   *
   * @throws Failure if a header takes no such text (RFC 9110, section 5.5)
   */
  String text() {
    if (!key.matches("[!-~]([ -~]*[!-~])?")) {
      throw new Failure(
          ExitStatus.USAGE,
          "--idempotency-key has characters that a request can't carry",
          "Use letters, digits and other characters of ASCII.");
    }
    return key;
  }

  /** The key of a preview that comes before a job: another, and the same one each time. */
  String ofPreviewBefore() {
    return UUID.nameUUIDFromBytes(("preview " + text()).getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
