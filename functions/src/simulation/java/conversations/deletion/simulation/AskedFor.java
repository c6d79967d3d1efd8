package conversations.deletion.simulation;

import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.Outcome;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What jobs ask for, and what is left of it. */
final class AskedFor {

  private final World world;

  AskedFor(World world) {
    this.world = world;
  }

  /** Tells whether the job is about the conversation. */
  boolean isAsked(JobRef job, ConversationId conversation) {
    return switch (stateOf(job).target()) {
      case ChannelUserConversations user -> {
        Platform.Begun begun = world.platform.begun().get(conversation);
        yield begun != null
            && begun.user().equals(user.channelUser())
            && user.range().contains(begun.startedAt());
      }
      default -> world.callers.listed(job).contains(conversation);
    };
  }

  private DeletionJob stateOf(JobRef job) {
    return world.jobs.find(job.bot(), job.job()).orElseThrow();
  }

  /**
   * The conversations of a completed job that are not gone.
   *
   * @param isLeftInBucket whether an attachment is left that is not known to have come late
   */
  List<ConversationId> remaining(JobRef job, Predicate<ConversationId> isLeftInBucket) {
    return Stream.concat(
            world.platform.begun().keySet().stream(), Stream.of(Platform.WITHOUT_RECORDS))
        .filter(one -> isAsked(job, one))
        .filter(
            one ->
                !world.platform.records().of(job.bot(), one).isEmpty() || isLeftInBucket.test(one))
        .filter(one -> !isHiddenByAnother(job, one))
        .toList();
  }

  /**
   * Another job may have deleted the session header and not yet had its last look. Then no index
   * leads to what a platform appended in between, but that job has the conversation in its plan.
   */
  private boolean isHiddenByAnother(JobRef job, ConversationId conversation) {
    boolean isThere =
        world.platform.records().has(new RecordId(job.bot(), conversation, Platform.HEADER));
    return !isThere
        && world.jobs.all().stream()
            .map(item -> item.job().ref())
            .filter(other -> !other.equals(job))
            .flatMap(other -> world.chunks.of(other.job()).stream())
            .flatMap(chunk -> chunk.conversations().stream())
            .anyMatch(
                one ->
                    one.conversation().equals(conversation)
                        && one.isBegun()
                        && one.outcome() != Outcome.DELETED);
  }
}
