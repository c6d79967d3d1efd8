package conversations.deletion.simulation;

import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.Attachments.Upload;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.simulation.MemoryAttachments.Kept;
import conversations.deletion.simulation.MemoryAttachments.VersionId;
import conversations.deletion.simulation.MemoryAttachments.Versioning;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What users and the platform put into the bucket. Nothing keeps them from uploading to a
 * conversation that is being deleted, or is gone.
 */
final class Uploader {

  private final Weather weather;
  private final Timeline timeline;
  private final MemoryAttachments bucket;
  private final boolean hasBucket;
  private final int pageSize;
  private final Map<VersionId, Instant> lockedUntil = new HashMap<>();
  private final Map<String, Instant> lockedUploads = new HashMap<>();
  private final Map<ConversationId, Instant> lastUploads = new HashMap<>();
  private final Map<ConversationId, Integer> deletedByJobs = new HashMap<>();

  Uploader(Weather weather, Timeline timeline) {
    this.weather = weather;
    this.timeline = timeline;
    this.hasBucket = weather.choose(3) > 0;
    this.pageSize = weather.oneOf(1, 2, 7, 1_000);
    this.bucket = new MemoryAttachments(timeline, pageSize);
    bucket.set(weather.oneOf(Versioning.ON, Versioning.ON, Versioning.OFF, Versioning.SUSPENDED));
  }

  /** Tells whether the stack names a bucket. */
  boolean hasBucket() {
    return hasBucket;
  }

  MemoryAttachments bucket() {
    return bucket;
  }

  /** When something was last uploaded to a conversation. */
  Optional<Instant> lastUpload(ConversationId id) {
    return Optional.ofNullable(lastUploads.get(id));
  }

  /** How many attachments of a conversation jobs have deleted. */
  int deletedByJobs(ConversationId id) {
    return deletedByJobs.getOrDefault(id, 0);
  }

  int deletedByJobs() {
    return deletedByJobs.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Uploads a few attachments to a conversation, at least so many. */
  void begin(ConversationId id, int least) {
    if (!hasBucket) {
      return;
    }
    int count = least + weather.oneOf(0, 0, 1, 3, 12);
    for (int i = 0; i < count; i++) {
      upload(id);
    }
    if (pageSize >= 1_000 && weather.chance(10)) {
      uploadMoreThanAPlanHolds(id);
    }
  }

  /** If they are versions of few keys, a plan ends within those of a key. */
  private void uploadMoreThanAPlanHolds(ConversationId id) {
    int ofEachKey = weather.oneOf(1, 1_300);
    for (int i = 0; i < Chunk.MAX_PLANNED + 100; i++) {
      putVersion(id, MemoryAttachments.prefix(Platform.BOT, id) + "many" + i / ofEachKey);
    }
  }

  /** Lets things happen to the attachments of these conversations, now and later. */
  void goOn(List<ConversationId> conversations) {
    if (!hasBucket || conversations.isEmpty()) {
      return;
    }
    int changes = weather.oneOf(0, 2, 8, 20);
    for (int i = 0; i < changes; i++) {
      timeline.after(soon(), () -> change(weather.oneOf(conversations)));
    }
    if (weather.chance(4)) {
      timeline.after(soon(), () -> bucket.set(Versioning.SUSPENDED));
      timeline.after(soon(), () -> bucket.set(Versioning.ON));
    }
  }

  private Duration soon() {
    return weather.between(
        Duration.ZERO,
        weather.oneOf(Duration.ofMinutes(3), Duration.ofMinutes(30), Duration.ofHours(30)));
  }

  private void change(ConversationId id) {
    List<Kept> there = bucket.of(Platform.BOT, id);
    switch (weather.choose(4)) {
      case 0 -> {
        if (!there.isEmpty()) {
          bucket.hide(weather.oneOf(there).key());
        }
      }
      case 1 -> {
        if (!there.isEmpty()) {
          putVersion(id, weather.oneOf(there).key());
        }
      }
      default -> upload(id);
    }
  }

  private void upload(ConversationId id) {
    String key =
        MemoryAttachments.prefix(Platform.BOT, id)
            + weather.oneOf("a", "b/c", "//", " ", "\uFFFD", "\uD83D\uDE00", "null")
            + weather.choose(4);
    if (weather.chance(4)) {
      String upload = bucket.beginUpload(Platform.BOT, key);
      if (weather.strikes(Fault.UPLOAD_LOCKED)) {
        lockedUploads.put(upload, lockEnd());
      }
      if (weather.chance(2)) {
        timeline.after(soon(), () -> finish(id, upload));
      }
    } else {
      putVersion(id, key);
    }
  }

  private void finish(ConversationId id, String upload) {
    if (bucket.finishUpload(upload)) {
      lastUploads.put(id, timeline.instant());
    }
  }

  private void putVersion(ConversationId id, String key) {
    String version = bucket.put(key);
    lastUploads.put(id, timeline.instant());
    // S3 locks nothing that was written without versioning.
    if (!version.equals(MemoryAttachments.NULL) && weather.strikes(Fault.ATTACHMENT_LOCKED)) {
      lockedUntil.put(new VersionId(key, version), lockEnd());
    }
  }

  private Instant lockEnd() {
    return weather.chance(4)
        ? Instant.MAX
        : timeline
            .instant()
            .plus(
                weather.between(
                    Duration.ZERO, weather.oneOf(Duration.ofMinutes(5), Duration.ofHours(40))));
  }

  boolean isLocked(Attachment one) {
    return isAhead(lockedUntil.get(new VersionId(one.key(), one.version())));
  }

  boolean isLocked(Upload upload) {
    return isAhead(lockedUploads.get(upload.id()));
  }

  private boolean isAhead(Instant end) {
    return end != null && timeline.instant().isBefore(end);
  }

  /** Whose attachment has this key. */
  ConversationId conversationOf(String key) {
    return new ConversationId(key.split("/", 3)[1]);
  }

  /** A delete of a job takes effect. */
  void delete(List<Attachment> attachments) {
    for (Attachment one : attachments) {
      bucket
          .find(one)
          .filter(found -> !found.isMarker())
          .ifPresent(_ -> deletedByJobs.merge(one.conversation(), 1, Integer::sum));
    }
    bucket.delete(attachments);
    attachments.stream().map(Attachment::conversation).distinct().forEach(this::comeLate);
  }

  /** Something of a conversation was deleted, and somebody uploads more to it. */
  void comeLate(ConversationId id) {
    if (hasBucket && weather.strikes(Fault.LATE_UPLOAD)) {
      timeline.after(weather.between(Duration.ZERO, Duration.ofMillis(300)), () -> change(id));
    }
  }
}
