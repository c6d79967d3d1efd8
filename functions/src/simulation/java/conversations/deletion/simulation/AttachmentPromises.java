package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.AttachmentLists.AttachmentPage;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Attachments.Upload;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobRef;
import conversations.deletion.simulation.MemoryAttachments.Kept;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must always hold of attachments: nothing is deleted that no stored plan holds, and records
 * only after all attachments that were listed. What another worker lists once records are planned
 * was uploaded since, and this one can't know of it: that is the last look's. Nor can it know what
 * a worker that is late lists after it.
 */
final class AttachmentPromises {

  private static final String NULL = MemoryAttachments.NULL;

  private record Lister(Worker worker, ConversationId conversation) {}

  /** A lease under which a conversation was listed. */
  private record Under(ConversationOfJob conversation, long fence) {}

  /** The last list of a conversation, and how many versions it has shown. */
  private record Listing(int versions) {}

  private final World world;
  private final AskedFor asked;
  private final MemoryAttachments bucket;
  private final Map<Lister, Listing> listings = new HashMap<>();
  private final Map<ConversationOfJob, Set<Attachment>> listedFirst = new HashMap<>();
  private final Map<Under, Set<Attachment>> listedUnder = new HashMap<>();
  private final Map<ConversationId, Instant> emptySince = new HashMap<>();
  private final Map<Lister, Instant> listedFrom = new HashMap<>();
  private final Map<ConversationOfJob, Long> latestFence = new HashMap<>();
  private final Map<ConversationOfJob, Fingerprints> plannedRecords = new HashMap<>();

  AttachmentPromises(World world, AskedFor asked) {
    this.world = world;
    this.asked = asked;
    this.bucket = world.platform.uploader().bucket();
  }

  /** A text that no other version has: what is written without versioning is told by its moment. */
  static String identity(Kept one) {
    return identity(one.key(), one.version(), one.moment());
  }

  private static String identity(String key, String version, Instant moment) {
    String suffix = version.equals(NULL) ? "@" + moment.toEpochMilli() : "";
    return version + suffix + "\n" + key;
  }

  /** A worker asks for a page. */
  void listing(Worker worker, ConversationId conversation, boolean isFirst) {
    latestFence.merge(of(worker, conversation), worker.lease().fence(), Math::max);
    if (isFirst) {
      Lister lister = new Lister(worker, conversation);
      listings.put(lister, new Listing(0));
      listedFrom.put(lister, world.timeline.instant());
    }
  }

  /** A worker has got a page. */
  void listed(Worker worker, ConversationId conversation, AttachmentPage page) {
    Lister lister = new Lister(worker, conversation);
    int versions = listings.get(lister).versions() + page.versions().size();
    listings.put(lister, new Listing(versions));
    if (page.next().isEmpty() && versions == 0) {
      emptySince.merge(
          conversation, listedFrom.get(lister), (one, other) -> one.isAfter(other) ? one : other);
    }
    ConversationOfJob key = of(worker, conversation);
    boolean isLate = worker.lease().fence() < latestFence.get(key);
    boolean isOfRecords =
        stored(worker.lease().job(), conversation)
            .filter(one -> one.records().isBegun())
            .isPresent();
    if (!isLate && !isOfRecords) {
      listedFirst.computeIfAbsent(key, _ -> new HashSet<>()).addAll(page.versions());
    }
    listedUnder
        .computeIfAbsent(new Under(key, worker.lease().fence()), _ -> new HashSet<>())
        .addAll(page.versions());
  }

  private static ConversationOfJob of(Worker worker, ConversationId conversation) {
    return new ConversationOfJob(worker.lease().job(), conversation);
  }

  /** A worker sends a delete of attachments. */
  void sent(Worker worker, List<Attachment> attachments) {
    JobRef job = worker.lease().job();
    assertThat(attachments.size())
        .as("attachments of one request")
        .isBetween(1, Attachments.MAX_BATCH);
    assertThat(attachments.stream().map(one -> one.key() + "\n" + one.version()))
        .as("versions of one request")
        .doesNotHaveDuplicates();
    for (Attachment one : attachments) {
      assertThat(one.bot()).isEqualTo(job.bot());
      Optional<Kept> found = bucket.find(one);
      if (found.filter(Kept::isMarker).isPresent() && !isReplaced(one, found.get())) {
        assertThat(listings.get(new Lister(worker, one.conversation())))
            .as("versions that %s hides, which is deleted", one)
            .isEqualTo(new Listing(0));
      } else {
        assertThat(found.isEmpty() || isPlanned(job, one) || isReplaced(one, found.get()))
            .as("%s is planned", one)
            .isTrue();
      }
    }
  }

  /** A delete takes effect. */
  void deleting(JobRef job, List<Attachment> attachments) {
    assertThat(world.window.isOpenAt(world.timeline.instant())).as("in the window").isTrue();
    for (Attachment one : attachments) {
      Optional<Kept> found = bucket.find(one);
      if (found.isPresent()) {
        assertThat(one.key())
            .as("the key of an attachment of %s", one.conversation())
            .startsWith(MemoryAttachments.prefix(job.bot(), one.conversation()));
        assertThat(asked.isAsked(job, one.conversation())).as("%s was asked for", one).isTrue();
        // Of a version without an id, a delete hits the latest, which may be a newer one.
        assertThat(isPlanned(job, one) || found.get().isMarker() || isReplaced(one, found.get()))
            .as("%s, which is deleted, is in the stored plan", one)
            .isTrue();
      }
    }
  }

  private static boolean isReplaced(Attachment one, Kept found) {
    return one.version().equals(NULL) && !found.moment().equals(one.moment());
  }

  private boolean isPlanned(JobRef job, Attachment one) {
    Fingerprints own = Fingerprints.of(Set.of(identity(one.key(), one.version(), one.moment())));
    return stored(job, one.conversation())
        .map(conversation -> !own.intersect(conversation.attachments().planned()).isEmpty())
        .orElse(false);
  }

  private Optional<JobConversation> stored(JobRef job, ConversationId conversation) {
    return world.chunks.of(job.job()).stream()
        .flatMap(chunk -> chunk.conversations().stream())
        .filter(one -> one.conversation().equals(conversation))
        .findFirst();
  }

  /** A worker aborts an upload. */
  void aborting(Worker worker, Upload upload) {
    JobRef job = worker.lease().job();
    ConversationId conversation = world.platform.uploader().conversationOf(upload.key());
    assertThat(asked.isAsked(job, conversation)).as("%s was asked for", upload).isTrue();
    assertThat(stored(job, conversation).filter(JobConversation::isBegun))
        .as("the plan of %s, of which an upload is aborted", conversation)
        .isPresent();
  }

  /** A worker sends a delete of records: no attachment that was listed is left. */
  void sentRecords(WorkerLease lease, Collection<RecordId> records) {
    records.stream()
        .filter(world.platform.records()::has)
        .map(RecordId::conversation)
        .distinct()
        .forEach(
            conversation ->
                assertThat(leftOf(new ConversationOfJob(lease.job(), conversation), lease.fence()))
                    .as("attachments of %s, whose records are deleted", conversation)
                    .isEmpty());
  }

  private List<Attachment> leftOf(ConversationOfJob one, long fence) {
    Set<Attachment> left = new HashSet<>(listedFirst.getOrDefault(one, Set.of()));
    left.addAll(listedUnder.getOrDefault(new Under(one, fence), Set.of()));
    left.removeIf(
        attachment ->
            bucket
                .find(attachment)
                .filter(found -> found.moment().equals(attachment.moment()))
                .isEmpty());
    return List.copyOf(left);
  }

  /** A chunk was stored: no record is planned anew as long as an attachment is left. */
  void stored(LeasedJob lease, Chunk chunk) {
    for (JobConversation one : chunk.conversations()) {
      ConversationOfJob key = new ConversationOfJob(lease.job().ref(), one.conversation());
      Fingerprints planned = one.records().planned();
      Fingerprints before =
          Optional.ofNullable(plannedRecords.put(key, planned)).orElse(Fingerprints.NONE);
      if (planned.intersect(before).size() < planned.size()) {
        assertThat(leftOf(key, lease.fence()))
            .as("attachments of %s, whose records are planned", one.conversation())
            .isEmpty();
      }
    }
  }

  /**
   * Tells whether an attachment of a conversation is left that was there when anybody last found
   * that none is.
   */
  boolean isAnyLeft(ConversationId conversation) {
    Instant empty = emptySince.getOrDefault(conversation, Instant.MAX);
    return bucket.of(Platform.BOT, conversation).stream()
        .anyMatch(one -> !one.isMarker() && (empty == Instant.MAX || one.moment().isBefore(empty)));
  }
}
