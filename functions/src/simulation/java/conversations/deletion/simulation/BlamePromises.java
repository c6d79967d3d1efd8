package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An outage, a denied call, a slow table or a crash is not a job's fault. It fails no conversation
 * and uses no retry. Nothing in a schedule lasts so long that a job may be given up for it.
 */
final class BlamePromises {

  private static final String OF_ANOTHER_JOB = "deleted_by_another_job";

  private final World world;
  private final Map<ConversationId, Set<JobRef>> deletedBy = new HashMap<>();
  private final Set<JobRef> withOwnFailures = new HashSet<>();
  private final Set<ConversationOfJob> refused = new HashSet<>();
  private final Set<ConversationOfJob> failed = new HashSet<>();

  BlamePromises(World world) {
    this.world = world;
  }

  /** A job's delete hits a record that is there, or a job counts a conversation as deleted. */
  void deletes(JobRef job, ConversationId conversation) {
    deletedBy.computeIfAbsent(conversation, _ -> new HashSet<>()).add(job);
  }

  /** A delete of an attachment, or the abort of an upload, was refused. */
  void refused(JobRef job, ConversationId conversation) {
    refused.add(new ConversationOfJob(job, conversation));
  }

  /** A chunk was stored. */
  void stored(DeletionJob job, Chunk chunk) {
    chunk.conversations().forEach(one -> stored(job.ref(), one));
  }

  private void stored(JobRef job, JobConversation one) {
    ConversationOfJob key = new ConversationOfJob(job, one.conversation());
    if (one.outcome() != Outcome.FAILED) {
      failed.remove(key);
    } else if (failed.add(key)) {
      failed(job, one);
    }
    if (one.outcome() == Outcome.DELETED) {
      // What was planned and is gone counts as this job's, whoever has deleted it.
      deletes(job, one.conversation());
    }
    if (one.outcome() == Outcome.SKIPPED
        && one.reason().orElseThrow().text().equals(OF_ANOTHER_JOB)) {
      assertThat(deletedBy.getOrDefault(one.conversation(), Set.of()))
          .as("jobs that deleted %s, which %s found deleted by another", one.conversation(), job)
          .anyMatch(other -> !other.equals(job));
    }
  }

  private void failed(JobRef job, JobConversation one) {
    switch (one.reason().orElseThrow()) {
      case RECORDS_KEEP_COMING -> {
        assertThat(
                world
                    .platform
                    .lastWrite(one.conversation())
                    .or(() -> world.platform.uploader().lastUpload(one.conversation())))
            .as("the last record or attachment that was added to %s", one.conversation())
            .isPresent();
        withOwnFailures.add(job);
      }
      case ATTACHMENTS_REFUSED -> {
        assertThat(refused.remove(new ConversationOfJob(job, one.conversation())))
            .as("an attachment of %s was refused since it failed last", one.conversation())
            .isTrue();
        withOwnFailures.add(job);
      }
      case HELD ->
          assertThat(world.jobs.find(job.bot(), job.job()).orElseThrow().state().cancelRequest())
              .as("the cancel of the job, %s of which is held", one.conversation())
              .isPresent();
      case STILL_OPEN -> requireOpen(one.conversation());
      default -> assertThat(one.reason()).as("why %s failed", one.conversation()).isNotPresent();
    }
  }

  /** It was found open in the run that gives it up. */
  private void requireOpen(ConversationId conversation) {
    Duration longest = world.settings.idle().plus(Worker.FUNCTION_TIME);
    Instant earliest = world.timeline.instant().minus(longest);
    if (world.areClocksRight()) {
      assertThat(world.platform.lastActivity(conversation))
          .as("the last record of %s, which is still open", conversation)
          .isAfterOrEqualTo(earliest);
    }
  }

  /** The state of a job was stored. */
  void stored(DeletionJob job) {
    if (job.state().retries().round() > 0) {
      assertThat(withOwnFailures).as("jobs that may use a retry").contains(job.ref());
    }
  }

  /** A job ends. */
  void ends(DeletionJob job, Counts counts) {
    JobStatus status = job.state().status();
    if (status == JobStatus.FAILED || status == JobStatus.PARTIALLY_COMPLETED) {
      assertThat(counts.failed())
          .as("failed conversations of a job that is %s", status)
          .isPositive();
    }
  }
}
