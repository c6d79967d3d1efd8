package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.AttachmentLists.AttachmentPage;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordPage;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A conversation is called deleted, or not there, only after a last look at all of it: what was
 * there then is gone. Records of a retained type stay, and are told.
 */
final class LookPromises {

  private record Looker(JobRef job, long fence, ConversationId conversation) {}

  /** What a worker did last about a conversation, each at a number that grows. */
  private static final class Looks {
    private long sent;
    private long recordsBegun;
    private long recordsEnded;
    private boolean areRecordsGone;
    private int leastRetained;
    private long uploadsListed;
    private Instant uploadsListedAt = Instant.MIN;
    private long listBegun;
    private Instant listBegunAt = Instant.MIN;
    private long listEnded;
    private int versions;
    private int markers;
  }

  private final World world;
  private final Map<Looker, Looks> looks = new HashMap<>();
  private final Map<ConversationOfJob, Outcome> outcomes = new HashMap<>();
  private long last;

  LookPromises(World world) {
    this.world = world;
  }

  private Looks of(Worker worker, ConversationId conversation) {
    WorkerLease lease = worker.lease();
    return of(new Looker(lease.job(), lease.fence(), conversation));
  }

  private Looks of(Looker looker) {
    return looks.computeIfAbsent(looker, _ -> new Looks());
  }

  void reading(Worker worker, ConversationId conversation, boolean isFirst) {
    if (isFirst) {
      Looks now = of(worker, conversation);
      now.recordsBegun = ++last;
      now.areRecordsGone = true;
      now.leastRetained = retained(conversation).size();
    }
  }

  void read(Worker worker, ConversationId conversation, Consistency consistency, RecordPage page) {
    Looks now = of(worker, conversation);
    now.areRecordsGone &= consistency == Consistency.STRONG && page.records().isEmpty();
    if (page.next().isEmpty()) {
      now.recordsEnded = ++last;
    }
  }

  void listing(Worker worker, ConversationId conversation, boolean isFirst) {
    if (isFirst) {
      Looks now = of(worker, conversation);
      now.listBegun = ++last;
      now.listBegunAt = world.timeline.instant();
      now.versions = 0;
      now.markers = 0;
    }
  }

  void listed(Worker worker, ConversationId conversation, AttachmentPage page) {
    Looks now = of(worker, conversation);
    now.versions += page.versions().size();
    now.markers += page.markers().size();
    if (page.next().isEmpty()) {
      now.listEnded = ++last;
    }
  }

  void listingUploads(Worker worker, ConversationId conversation) {
    Looks now = of(worker, conversation);
    now.uploadsListed = ++last;
    now.uploadsListedAt = world.timeline.instant();
  }

  void sent(Worker worker, Collection<ConversationId> conversations) {
    conversations.forEach(one -> of(worker, one).sent = ++last);
  }

  /** A chunk was stored. */
  void stored(LeasedJob lease, Chunk chunk) {
    for (JobConversation one : chunk.conversations()) {
      JobRef job = lease.job().ref();
      ConversationId id = one.conversation();
      Outcome before = outcomes.put(new ConversationOfJob(job, id), one.outcome());
      Looks now = of(new Looker(job, lease.fence(), id));
      boolean isNew = before != one.outcome();
      if (isNew && one.outcome() == Outcome.DELETED) {
        requireNothing(id, now);
        requireNoUpload(id, now);
        assertThat(one.retained())
            .as("retained records of %s", id)
            .isBetween((long) now.leastRetained, (long) retained(id).size());
      } else if (isNew && one.outcome() == Outcome.SKIPPED) {
        requireNothing(id, now);
      }
      if (one.outcome() != Outcome.DELETED) {
        assertThat(one.retained()).as("retained records of %s, not deleted", id).isZero();
      }
      assertThat(Fingerprints.of(retained(id)).intersect(one.records().planned()).isEmpty())
          .as("no retained record of %s is planned", id)
          .isTrue();
    }
  }

  private Set<String> retained(ConversationId conversation) {
    return world.platform.records().retainedOf(Platform.BOT, conversation);
  }

  private void requireNothing(ConversationId id, Looks now) {
    assertThat(now.areRecordsGone).as("a consistent look at %s found no record", id).isTrue();
    assertThat(now.recordsEnded)
        .as("the last look at the records of %s", id)
        .isGreaterThan(now.recordsBegun);
    assertThat(now.recordsBegun).as("the last look at %s", id).isGreaterThan(now.sent);
    if (!world.platform.uploader().hasBucket()) {
      return;
    }
    assertThat(now.listEnded).as("the last list of %s", id).isGreaterThan(now.listBegun);
    assertThat(now.listBegun).as("the last list of %s", id).isGreaterThan(now.sent);
    assertThat(now.versions).as("versions that the last list of %s showed", id).isZero();
    assertThat(world.platform.uploader().bucket().of(Platform.BOT, id))
        .as("attachments of %s that were there at the last look", id)
        .noneMatch(one -> !one.isMarker() && one.moment().isBefore(now.listBegunAt));
  }

  /** What goes with the attachments of a conversation that is deleted. */
  private void requireNoUpload(ConversationId id, Looks now) {
    if (!world.platform.uploader().hasBucket()) {
      return;
    }
    assertThat(now.markers).as("delete markers at the last look at %s", id).isZero();
    assertThat(now.uploadsListed).as("uploads of %s are listed", id).isGreaterThan(now.sent);
    assertThat(now.listBegun)
        .as("%s is listed after its uploads", id)
        .isGreaterThan(now.uploadsListed);
    assertThat(world.platform.uploader().bucket().unfinishedOf(Platform.BOT, id))
        .as("uploads of %s that were there at the last look", id)
        .noneMatch(one -> one.begunAt().isBefore(now.uploadsListedAt));
  }
}
