package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Held is held: from the promised moment on, in true time, no delete of anything of it starts. A
 * job that waits for holds waits for nothing else, and counts what they keep.
 */
final class HoldPromises {

  private final World world;
  private final Set<ConversationOfJob> stopped = new HashSet<>();
  private int waits;

  HoldPromises(World world) {
    this.world = world;
  }

  /** How many conversations of jobs a hold met that were being deleted. */
  int stopped() {
    return stopped.size();
  }

  /** How often a job came to wait for holds. */
  int waits() {
    return waits;
  }

  /** A request goes out that deletes something of these conversations. */
  void starting(JobRef job, Collection<ConversationId> conversations) {
    List<Hold> standing = standing();
    for (ConversationId one : conversations) {
      assertThat(standing.stream().filter(hold -> keeps(hold, job, one)))
          .as("holds on %s, of which a delete starts", one)
          .isEmpty();
    }
  }

  /** What holds now by what was promised. */
  private List<Hold> standing() {
    Instant now = world.timeline.instant();
    return world.holds.list(Platform.BOT, Optional.empty(), Integer.MAX_VALUE).holds().stream()
        .filter(hold -> hold.heldFrom().filter(from -> !now.isBefore(from)).isPresent())
        .filter(hold -> hold.release().isEmpty() || holdsOn(hold.release().get(), now))
        .toList();
  }

  /** A wall clock that was set forward may end a hold too early that was released. */
  private boolean holdsOn(Hold.Release release, Instant now) {
    return world.areClocksRight() && now.isBefore(release.holdsUntil());
  }

  private boolean keeps(Hold hold, JobRef job, ConversationId conversation) {
    return switch (hold.request().target()) {
      case HeldConversations(List<ConversationId> ids) -> ids.contains(conversation);
      case HeldChannelUser held -> {
        Platform.Begun begun = world.platform.begun().get(conversation);
        yield begun != null && begun.user().equals(held.user()) || isUserUnknown(job, conversation);
      }
    };
  }

  /** Tells whether neither the job nor what it stored of the conversation says whose it is. */
  private boolean isUserUnknown(JobRef ref, ConversationId conversation) {
    DeletionJob job = world.jobs.find(ref.bot(), ref.job()).orElseThrow();
    return !(job.target() instanceof ChannelUserConversations)
        && world.chunks.of(ref.job()).stream()
            .flatMap(chunk -> chunk.conversations().stream())
            .filter(one -> one.conversation().equals(conversation))
            .allMatch(one -> one.user().isEmpty());
  }

  /** A chunk was stored. */
  void stored(JobRef job, Chunk chunk) {
    chunk.conversations().stream()
        .filter(one -> one.isHeld() && one.isBegun())
        .map(JobConversation::conversation)
        .forEach(one -> stopped.add(new ConversationOfJob(job, one)));
  }

  /** A job comes to wait for holds. */
  void waits(DeletionJob job) {
    waits++;
    Counts counts = job.state().counts();
    Counts sum =
        world.chunks.of(job.id()).stream().map(Chunk::counts).reduce(Counts.NONE, Counts::plus);
    assertThat(job.state().status().isEnd()).as("the end of a job that waits").isFalse();
    assertThat(counts)
        .as("counts of a job that waits for holds")
        .isEqualTo(sum.ofAtLeast(job.target().listed()));
    assertThat(counts.held() + counts.heldInConfidence())
        .as("held conversations of a job that waits for holds")
        .isPositive()
        .isEqualTo(counts.toDo());
    assertThat(job.state().onHold()).as("what it waits for").isPresent();
  }
}
