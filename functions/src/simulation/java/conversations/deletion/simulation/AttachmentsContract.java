package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.AttachmentLists.AttachmentPage;
import conversations.deletion.application.port.AttachmentLists.AttachmentPosition;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Attachments.DeletedAttachments;
import conversations.deletion.application.port.Attachments.Upload;
import conversations.deletion.application.port.Attachments.UploadPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every implementation of the port to attachments promises, where the bucket keeps versions
 * and a conversation's prefix is {@code bot/conversation/}.
 */
public abstract class AttachmentsContract {

  private static final DeletedAttachments ALL_DELETED = new DeletedAttachments(List.of(), Map.of());

  protected final BotId bot = new BotId("st-" + UUID.randomUUID());
  protected final ConversationId conversation = new ConversationId("c-1");

  protected abstract Attachments attachments();

  /**
   * A platform writes an object.
   *
   * @return the id of the version
   */
  protected abstract String write(String key);

  /** A platform deletes an object, which leaves a delete marker. */
  protected abstract void mark(String key);

  /** A platform begins an upload, and does not end it. */
  protected abstract void beginUpload(String key);

  /** A key of the conversation's. */
  protected final String key(String name) {
    return keyOf(conversation, name);
  }

  private String keyOf(ConversationId of, String name) {
    return bot + "/" + of + "/" + name;
  }

  /** All pages, from a place on. */
  protected final List<AttachmentPage> pages(Optional<AttachmentPosition> from) {
    List<AttachmentPage> pages = new ArrayList<>();
    Optional<AttachmentPosition> after = from;
    do {
      AttachmentPage page = attachments().list(bot, conversation, after);
      assertThat(page.versions().size() + page.markers().size()).isLessThanOrEqualTo(1_000);
      pages.add(page);
      after = page.next();
    } while (after.isPresent());
    return pages;
  }

  protected final List<Attachment> versions() {
    return pages(Optional.empty()).stream().flatMap(page -> page.versions().stream()).toList();
  }

  protected final List<Attachment> markers() {
    return pages(Optional.empty()).stream().flatMap(page -> page.markers().stream()).toList();
  }

  /** Deletes all there is, as often as it takes, and tells how often that was. */
  protected final int deleteAll() {
    int requests = 0;
    List<Attachment> left = Stream.concat(versions().stream(), markers().stream()).toList();
    while (!left.isEmpty()) {
      DeletedAttachments deleted =
          attachments().delete(left.subList(0, Math.min(Attachments.MAX_BATCH, left.size())));
      assertThat(deleted.refused()).isEmpty();
      requests++;
      left = Stream.concat(versions().stream(), markers().stream()).toList();
    }
    return requests;
  }

  @Test
  void listsNothingWhereNothingIs() {
    assertThat(attachments().list(bot, conversation, Optional.empty()))
        .isEqualTo(new AttachmentPage(List.of(), List.of(), Optional.empty()));
    assertThat(attachments().uploads(bot, conversation)).isEqualTo(new UploadPage(List.of(), true));
  }

  @Test
  void listsEachVersionByKeyAndTheNewestOfAKeyFirst() {
    String firstOfB = write(key("b"));
    String ofA = write(key("a"));
    String secondOfB = write(key("b"));
    mark(key("b"));

    assertThat(versions())
        .extracting(one -> one.key() + " " + one.version())
        .containsExactly(
            key("a") + " " + ofA, key("b") + " " + secondOfB, key("b") + " " + firstOfB);
    assertThat(versions())
        .allSatisfy(
            one -> {
              assertThat(one.bot()).isEqualTo(bot);
              assertThat(one.conversation()).isEqualTo(conversation);
            });
    assertThat(markers())
        .singleElement()
        .satisfies(one -> assertThat(one.key()).isEqualTo(key("b")));
  }

  @Test
  void touchesNothingOfAnotherConversation() {
    List<String> others =
        Stream.of("c-10", "c-", "c", "C-1").map(id -> keyOf(new ConversationId(id), "a")).toList();
    others.forEach(this::write);
    others.forEach(this::beginUpload);
    write(bot + "x/c-1/a");
    write(key("a"));

    assertThat(versions()).extracting(Attachment::key).containsExactly(key("a"));
    assertThat(attachments().uploads(bot, conversation).uploads()).isEmpty();

    deleteAll();

    assertThat(attachments().list(bot, new ConversationId("c-10"), Optional.empty()).versions())
        .hasSize(1);
  }

  @Test
  protected void goesOnAfterAPlaceWhateverWasDeletedMeanwhile() {
    IntStream.range(0, 3).forEach(_ -> write(key("a")));
    write(key("b"));
    List<Attachment> all = versions();
    Attachment second = all.get(1);
    Optional<AttachmentPosition> afterSecond =
        Optional.of(new AttachmentPosition(second.key(), Optional.of(second.version())));
    Optional<AttachmentPosition> afterKey =
        Optional.of(new AttachmentPosition(second.key(), Optional.empty()));

    assertThat(pages(afterSecond).getFirst().versions()).isEqualTo(all.subList(2, 4));
    assertThat(pages(afterKey).getFirst().versions()).isEqualTo(all.subList(3, 4));

    attachments().delete(all.subList(0, 3));

    assertThat(pages(afterKey).getFirst().versions()).isEqualTo(all.subList(3, 4));
  }

  @Test
  void listsAndDeletesMoreThanAPage() {
    IntStream.range(0, 1_002).parallel().forEach(i -> write(key("%04d".formatted(i / 2))));
    mark(key("0000"));

    assertThat(pages(Optional.empty())).hasSize(2);
    assertThat(versions()).hasSize(1_002).doesNotHaveDuplicates();
    assertThat(versions().stream().map(Attachment::identity)).doesNotHaveDuplicates();
    assertThat(markers()).hasSize(1);
    assertThat(deleteAll()).isEqualTo(2);
  }

  @Test
  void whatIsGoneIsDeleted() {
    write(key("a"));
    write(key("b"));
    List<Attachment> all = versions();

    assertThat(attachments().delete(all.subList(0, 1))).isEqualTo(ALL_DELETED);
    assertThat(attachments().delete(all)).isEqualTo(ALL_DELETED);
    assertThat(attachments().delete(all)).isEqualTo(ALL_DELETED);
    assertThat(versions()).isEmpty();
  }

  @Test
  void aMarkerGoesAsAVersionDoes() {
    write(key("a"));
    mark(key("a"));

    assertThat(attachments().delete(markers())).isEqualTo(ALL_DELETED);

    assertThat(markers()).isEmpty();
    assertThat(versions()).hasSize(1);
  }

  @Test
  void anUploadThatNobodyEndsIsAborted() {
    beginUpload(key("a"));
    beginUpload(key("a"));
    beginUpload(key("b"));

    UploadPage page = attachments().uploads(bot, conversation);

    assertThat(page.isLast()).isTrue();
    assertThat(page.uploads())
        .extracting(Upload::key)
        .containsExactlyInAnyOrder(key("a"), key("a"), key("b"));
    page.uploads().forEach(attachments()::abort);
    assertThat(attachments().uploads(bot, conversation).uploads()).isEmpty();
    assertThatCode(() -> page.uploads().forEach(attachments()::abort)).doesNotThrowAnyException();
  }

  @Test
  void noIdThatTheApiWouldRefuseHasAttachments() {
    assertThat(attachments().canBeOf(conversation)).isTrue();
    assertThat(attachments().canBeOf(new ConversationId("c-1/a"))).isFalse();
  }
}
