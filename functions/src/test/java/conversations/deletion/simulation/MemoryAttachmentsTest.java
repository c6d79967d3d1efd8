package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.AttachmentLists.AttachmentPage;
import conversations.deletion.application.port.AttachmentLists.AttachmentPosition;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.simulation.MemoryAttachments.Versioning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MemoryAttachmentsTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ConversationId ONE = new ConversationId("c-1");

  private final MemoryAttachments bucket = new MemoryAttachments(() -> Instant.EPOCH, 1);

  private static String key(String name) {
    return MemoryAttachments.prefix(BOT, ONE) + name;
  }

  private List<Attachment> versions() {
    List<Attachment> versions = new ArrayList<>();
    Optional<AttachmentPosition> after = Optional.empty();
    do {
      AttachmentPage page = bucket.list(BOT, ONE, after);
      versions.addAll(page.versions());
      after = page.next();
    } while (after.isPresent());
    return versions;
  }

  @Test
  void listsByTheBytesOfTheKeysAndTheNewestVersionFirst() {
    String first = bucket.put(key("\uD83D\uDE00"));
    bucket.put(key("\uFFFD"));
    String second = bucket.put(key("\uD83D\uDE00"));
    bucket.put("st-1/c-10/a");

    assertThat(versions())
        .extracting(Attachment::key)
        .containsExactly(key("\uFFFD"), key("\uD83D\uDE00"), key("\uD83D\uDE00"));
    assertThat(versions().subList(1, 3))
        .extracting(Attachment::version)
        .containsExactly(second, first);
  }

  @Test
  void aBucketWithoutVersioningKeepsOneVersionAndTellsItByItsMoment() {
    bucket.set(Versioning.OFF);
    bucket.put(key("a"));
    String before = versions().getFirst().identity();
    bucket.put(key("a"));

    assertThat(versions()).extracting(Attachment::version).containsExactly("null");
    assertThat(versions().getFirst().identity()).isNotEqualTo(before);

    bucket.hide(key("a"));
    assertThat(versions()).isEmpty();
  }

  @Test
  void anUploadIsAnAttachmentOnceItIsFinishedAndNeverAfterItWasAborted() {
    String finished = bucket.beginUpload(BOT, key("a"));
    String aborted = bucket.beginUpload(BOT, key("b"));
    assertThat(bucket.uploads(BOT, ONE).isLast()).isFalse();
    bucket.finishUpload(finished);
    bucket.abort(bucket.uploads(BOT, ONE).uploads().getFirst());
    bucket.finishUpload(aborted);

    assertThat(versions()).extracting(Attachment::key).containsExactly(key("a"));
    assertThat(bucket.uploads(BOT, ONE).isLast()).isTrue();
  }

  @Test
  void goesOnBehindAVersionThatIsGone() {
    bucket.put(key("a"));
    bucket.put(key("a"));
    Optional<AttachmentPosition> next = bucket.list(BOT, ONE, Optional.empty()).next();
    bucket.delete(bucket.list(BOT, ONE, Optional.empty()).versions());

    assertThat(bucket.list(BOT, ONE, next).versions()).hasSize(1);
  }
}
