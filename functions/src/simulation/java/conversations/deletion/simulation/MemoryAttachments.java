package conversations.deletion.simulation;

import conversations.deletion.application.port.Attachments;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.KeyOrder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A bucket in memory. As in S3, lists are consistent, and a list that goes on after a version
 * begins where that version stands now.
 */
public final class MemoryAttachments implements Attachments {

  /** The id of a version that was written without versioning. */
  public static final String NULL = "null";

  /** Whether a bucket keeps former versions. Once it did, it is never off again. */
  public enum Versioning {
    OFF,
    ON,
    SUSPENDED
  }

  /**
   * A version or a delete marker.
   *
   * @param number the higher, the newer
   */
  record Kept(String key, String version, Instant moment, long number, boolean isMarker) {}

  /** What a delete names. */
  record VersionId(String key, String version) {}

  /** An unfinished upload. */
  record Unfinished(Upload upload, Instant begunAt) {}

  private static final Comparator<Kept> ORDER =
      Comparator.comparing(Kept::key, KeyOrder.INSTANCE)
          .thenComparing(Comparator.comparingLong(Kept::number).reversed());

  private final InstantSource clock;
  private final int largestPage;
  private final NavigableSet<Kept> kept = new TreeSet<>(ORDER);
  private final Map<VersionId, Kept> byId = new HashMap<>();
  private final Map<VersionId, Long> numbers = new HashMap<>();
  private final Map<String, Unfinished> unfinished = new LinkedHashMap<>();
  private Versioning versioning = Versioning.ON;
  private long lastNumber;

  /**
   * @param largestPage the most versions, markers or uploads of a page
   */
  public MemoryAttachments(InstantSource clock, int largestPage) {
    this.clock = clock;
    this.largestPage = largestPage;
  }

  public void set(Versioning now) {
    versioning = now;
  }

  /** The prefix of a conversation's keys. */
  public static String prefix(BotId bot, ConversationId conversation) {
    return bot.value() + "/" + conversation.value() + "/";
  }

  /** Writes an object, as a platform does, and tells the id of its version. */
  public String put(String key) {
    return add(key, false);
  }

  /** Deletes an object, as a platform does: it hides it, unless the bucket keeps no versions. */
  public void hide(String key) {
    if (versioning == Versioning.OFF) {
      remove(new VersionId(key, NULL));
    } else {
      add(key, true);
    }
  }

  private String add(String key, boolean isMarker) {
    String version = versioning == Versioning.ON ? "v" + (lastNumber + 1) : NULL;
    VersionId id = new VersionId(key, version);
    Optional<Kept> replaced = remove(id);
    Instant now = clock.instant();
    // Of two in the same millisecond, S3 itself could not tell which is meant.
    Instant moment =
        replaced.map(one -> one.moment().plusMillis(1)).filter(now::isBefore).orElse(now);
    if (replaced.isPresent() && replaced.get().moment().equals(moment)) {
      moment = moment.plusMillis(1);
    }
    Kept added = new Kept(key, version, moment, ++lastNumber, isMarker);
    kept.add(added);
    byId.put(id, added);
    numbers.put(id, added.number());
    return version;
  }

  /** Deletes a version for good. */
  Optional<Kept> remove(VersionId id) {
    Optional<Kept> removed = Optional.ofNullable(byId.remove(id));
    removed.ifPresent(kept::remove);
    return removed;
  }

  /** Begins an upload in parts, as a platform does, and tells its id. */
  public String beginUpload(BotId bot, String key) {
    String id = "u" + ++lastNumber;
    unfinished.put(id, new Unfinished(new Upload(bot, key, id), clock.instant()));
    return id;
  }

  /** Finishes an upload, as a platform does. One that was aborted can't be finished. */
  public boolean finishUpload(String id) {
    Optional<Unfinished> found = Optional.ofNullable(unfinished.remove(id));
    found.ifPresent(one -> put(one.upload().key()));
    return found.isPresent();
  }

  /** What there is now of this id. */
  Optional<Kept> find(Attachment one) {
    return Optional.ofNullable(byId.get(new VersionId(one.key(), one.version())));
  }

  /** All versions and markers of a conversation. */
  List<Kept> of(BotId bot, ConversationId conversation) {
    return under(prefix(bot, conversation)).toList();
  }

  /** The unfinished uploads of a conversation. */
  List<Unfinished> unfinishedOf(BotId bot, ConversationId conversation) {
    String prefix = prefix(bot, conversation);
    return unfinished.values().stream()
        .filter(one -> one.upload().key().startsWith(prefix))
        .toList();
  }

  private Stream<Kept> under(String prefix) {
    Kept first = new Kept(prefix, "", Instant.MIN, Long.MAX_VALUE, false);
    return kept.tailSet(first, true).stream().takeWhile(one -> one.key().startsWith(prefix));
  }

  @Override
  public boolean canBeOf(ConversationId conversation) {
    return !conversation.value().contains("/");
  }

  @Override
  public AttachmentPage list(
      BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
    List<Kept> found =
        under(prefix(bot, conversation))
            .filter(one -> after.map(place -> isBehind(one, place)).orElse(true))
            .limit(largestPage + 1L)
            .toList();
    List<Attachment> versions = new ArrayList<>();
    List<Attachment> markers = new ArrayList<>();
    List<Kept> page = found.subList(0, Math.min(largestPage, found.size()));
    for (Kept one : page) {
      (one.isMarker() ? markers : versions)
          .add(new Attachment(bot, conversation, one.key(), one.version(), one.moment(), 0));
    }
    return new AttachmentPage(
        versions,
        markers,
        page.size() < found.size()
            ? Optional.of(
                new AttachmentPosition(page.getLast().key(), Optional.of(page.getLast().version())))
            : Optional.empty());
  }

  private boolean isBehind(Kept one, AttachmentPosition place) {
    int order = KeyOrder.INSTANCE.compare(one.key(), place.key());
    return order > 0
        || order == 0
            && place
                .version()
                .map(version -> numbers.get(new VersionId(place.key(), version)))
                .filter(number -> one.number() < number)
                .isPresent();
  }

  @Override
  public DeletedAttachments delete(List<Attachment> attachments) {
    attachments.forEach(one -> remove(new VersionId(one.key(), one.version())));
    return new DeletedAttachments(List.of(), Map.of());
  }

  @Override
  public UploadPage uploads(BotId bot, ConversationId conversation) {
    List<Unfinished> all = unfinishedOf(bot, conversation);
    return new UploadPage(
        all.stream().limit(largestPage).map(Unfinished::upload).toList(),
        all.size() <= largestPage);
  }

  @Override
  public void abort(Upload upload) {
    unfinished.remove(upload.id());
  }
}
