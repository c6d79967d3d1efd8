package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordPage;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What must always hold of deletes, when they are sent and when they take effect. */
final class DeletePromises {

  private static final Map<String, Fingerprints> FINGERPRINTS = new ConcurrentHashMap<>();

  private record Looker(Worker worker, ConversationId conversation) {}

  private record Look(Consistency consistency, List<String> keys, boolean isWhole) {}

  private final World world;
  private final AskedFor asked;
  private final Map<Looker, Look> lastLooks = new HashMap<>();

  DeletePromises(World world, AskedFor asked) {
    this.world = world;
    this.asked = asked;
  }

  /** A worker has read a page. */
  void read(
      Worker worker,
      ConversationId conversation,
      Optional<String> after,
      Consistency consistency,
      RecordPage page) {
    Looker looker = new Looker(worker, conversation);
    Look before =
        after.isEmpty()
            ? new Look(consistency, List.of(), false)
            : lastLooks.getOrDefault(looker, new Look(Consistency.EVENTUAL, List.of(), false));
    List<String> keys = new ArrayList<>(before.keys());
    page.records().forEach(one -> keys.add(one.recordKey()));
    boolean isStrong =
        before.consistency() == Consistency.STRONG && consistency == Consistency.STRONG;
    lastLooks.put(
        looker,
        new Look(
            isStrong ? Consistency.STRONG : Consistency.EVENTUAL, keys, page.next().isEmpty()));
  }

  /** A worker sends a delete. */
  void sent(Worker worker, List<RecordId> records) {
    JobRef job = worker.lease().job();
    requireRight(worker);
    assertThat(records.size()).as("records of one request").isBetween(1, 25);
    for (RecordId record : records) {
      assertThat(record.bot()).isEqualTo(job.bot());
      assertThat(isPlanned(job, record) || !world.platform.records().has(record))
          .as("%s is in a stored plan", record)
          .isTrue();
      if (record.recordKey().equals(Platform.HEADER)) {
        sentHeader(worker, record.conversation(), records);
      }
    }
  }

  /** A worker sends what deletes something. */
  void requireRight(Worker worker) {
    Instant now = world.timeline.instant();
    Instant latest = now.plus(world.settings.deleteReserve());
    assertThat(world.window.isOpenAt(now)).as("in the window").isTrue();
    assertThat(latest)
        .as("before the window closes")
        .isBeforeOrEqualTo(world.window.nextClosing(now));
    assertThat(latest).as("in the function's time").isBeforeOrEqualTo(worker.deadline());
    assertThat(latest).as("within the lease").isBeforeOrEqualTo(worker.lease().end());
  }

  private void sentHeader(Worker worker, ConversationId conversation, List<RecordId> records) {
    assertThat(records.stream().filter(one -> one.conversation().equals(conversation)))
        .as("records of a conversation beside its header")
        .hasSize(1);
    assertThat(lastLooks.get(new Looker(worker, conversation)))
        .as("the last look before the header goes")
        .isEqualTo(new Look(Consistency.STRONG, List.of(Platform.HEADER), true));
  }

  /** A delete takes effect. */
  void deleting(Worker worker, JobRef job, List<RecordId> records) {
    assertThat(world.window.isOpenAt(world.timeline.instant())).as("in the window").isTrue();
    for (RecordId record : records) {
      if (world.platform.records().has(record)) {
        assertThat(isPlanned(job, record))
            .as("%s, which %s deletes, is in the stored plan", record, worker.name())
            .isTrue();
        assertThat(world.platform.retained(record.conversation()))
            .as("retained records")
            .doesNotContain(record.recordKey());
        assertThat(asked.isAsked(job, record.conversation()))
            .as("%s was asked for", record)
            .isTrue();
      }
    }
  }

  private boolean isPlanned(JobRef job, RecordId record) {
    return world.chunks.of(job.job()).stream()
        .flatMap(chunk -> chunk.conversations().stream())
        .filter(one -> one.conversation().equals(record.conversation()))
        .anyMatch(
            one -> !fingerprint(record.recordKey()).intersect(one.records().planned()).isEmpty());
  }

  private static Fingerprints fingerprint(String key) {
    return FINGERPRINTS.computeIfAbsent(key, one -> Fingerprints.of(Set.of(one)));
  }
}
