package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.Lanes;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.offpeak.ConversationReader.Readout;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.IndexPage;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds a channel user's conversations by the index, and reads them ahead of the threads that
 * delete. The conversations that fit into one plan make a chunk.
 */
public final class Discovery {

  private final ConversationRecords records;
  private final ConversationReader reader;
  private final ConversationEraser eraser;
  private final EngineSettings settings;
  private final Clocks clocks;

  public Discovery(
      ConversationRecords records,
      ConversationReader reader,
      ConversationEraser eraser,
      EngineSettings settings,
      Clocks clocks) {
    this.records = records;
    this.reader = reader;
    this.eraser = eraser;
    this.settings = settings;
    this.clocks = clocks;
  }

  /**
   * Asks the index for the channel user's conversations and deletes them, pass after pass.
   *
   * <p>Invariant: the job is done only after a whole pass that found nothing new. That pass is not
   * its first, and it began after the index had had time to settle.
   *
   * @return when the index will have settled, if the job has to wait for that
   */
  Optional<Instant> eraseAll(JobProgress progress, Lanes lanes, ChannelUserConversations user) {
    HeldLease lease = progress.lease();
    Instant settledAt = user.range().to().plus(settings.indexSettle());
    Consistency firstLook = lease.lease().isFirst() ? Consistency.EVENTUAL : Consistency.STRONG;
    pass(progress, lanes, user, progress.position(), firstLook);
    while (true) {
      boolean isSettled = !clocks.now().isBefore(settledAt);
      boolean foundNothing = !pass(progress, lanes, user, Optional.empty(), Consistency.STRONG);
      if (foundNothing && isSettled || lease.isCancelRequested()) {
        return Optional.empty();
      }
      if (foundNothing && !hasWaitedUntil(settledAt, lease)) {
        return Optional.of(settledAt);
      }
    }
  }

  private boolean hasWaitedUntil(Instant moment, HeldLease lease) {
    Duration wait = Duration.between(clocks.now(), moment);
    if (wait.compareTo(settings.patience()) > 0 || !lease.hasTimeFor(wait)) {
      return false;
    }
    try {
      if (wait.isPositive()) {
        clocks.pause(wait);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutOfTimeException(e);
    }
  }

  /**
   * Reads the index once, from one end to the other or from a position on, and deletes what is new.
   *
   * @param firstLook which writes the first look at a conversation sees. The index lags, so a later
   *     pass or worker meets conversations that this job has deleted. Only a consistent look shows
   *     that they are gone and must not be counted again
   * @return whether it found a conversation of the job that is in no chunk
   */
  private boolean pass(
      JobProgress progress,
      Lanes lanes,
      ChannelUserConversations user,
      Optional<IndexPosition> from,
      Consistency firstLook) {
    Pass pass = new Pass(progress, lanes, firstLook);
    HeldLease lease = progress.lease();
    Optional<IndexPosition> after = from;
    do {
      lease.keepAlive();
      IndexPage page =
          records.find(
              lease.job().bot(), user.channelUser(), user.range(), after, Chunk.MAX_CONVERSATIONS);
      pass.read(progress.takeUp(page.conversations()));
      after = page.next();
    } while (after.isPresent() && !lease.isCancelRequested());
    pass.eraseRest();
    lanes.join();
    return pass.foundAny.get();
  }

  /** A conversation that the index named, and what was read of it. */
  private record Found(IndexPosition position, Readout readout) {}

  /** What one pass has read and not yet handed to a lane. */
  private final class Pass {

    private final JobProgress progress;
    private final Lanes lanes;
    private final Consistency firstLook;
    private final AtomicBoolean foundAny = new AtomicBoolean();
    private List<Found> read = new ArrayList<>();
    private int recordsRead;

    Pass(JobProgress progress, Lanes lanes, Consistency firstLook) {
      this.progress = progress;
      this.lanes = lanes;
      this.firstLook = firstLook;
    }

    void read(List<IndexPosition> positions) {
      int atOnce = settings.readConcurrency();
      for (int i = 0; i < positions.size() && !isCancelled(); i += atOnce) {
        List<IndexPosition> some = positions.subList(i, Math.min(positions.size(), i + atOnce));
        Parallel.map(some, atOnce, this::readOne).forEach(this::add);
        progress.lease().keepAlive();
      }
    }

    private boolean isCancelled() {
      return progress.lease().isCancelRequested();
    }

    private Found readOne(IndexPosition position) {
      JobConversation conversation = JobConversation.pending(position.conversation());
      return new Found(
          position, reader.read(progress.lease(), conversation, Optional.empty(), firstLook));
    }

    private void add(Found found) {
      int more = found.readout().records().size();
      if (!read.isEmpty()
          && (recordsRead + more > Chunk.MAX_PLANNED_RECORDS
              || read.size() == Chunk.MAX_CONVERSATIONS)) {
        eraseRest();
      }
      read.add(found);
      recordsRead += more;
    }

    void eraseRest() {
      if (read.isEmpty()) {
        return;
      }
      progress.tellNews();
      if (isCancelled()) {
        return;
      }
      List<Found> chunk = read;
      read = new ArrayList<>();
      recordsRead = 0;
      lanes.awaitFree();
      OpenChunk open =
          progress.begin(
              chunk.stream().map(found -> found.readout().id()).toList(),
              chunk.getLast().position());
      Deque<Readout> readouts = new ArrayDeque<>();
      chunk.forEach(found -> readouts.add(found.readout()));
      lanes.run(() -> erase(open, readouts));
    }

    private void erase(OpenChunk open, Deque<Readout> readouts) {
      try (open) {
        eraser.erase(open, readouts, firstLook);
        if (!open.conversations().isEmpty()) {
          foundAny.set(true);
        }
      }
    }
  }
}
