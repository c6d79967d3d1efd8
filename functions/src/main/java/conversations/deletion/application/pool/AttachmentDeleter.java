package conversations.deletion.application.pool;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.AttachmentRefusedException;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Attachments.DeletedAttachments;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.MetricCounter;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes attachments in full requests, at a pace that S3 takes.
 *
 * <p>The attachments of one call share its requests, whatever conversation they are of. What S3
 * left for a reason that passes is sent again, until it is deleted or the right to delete ends.
 *
 * <p>Invariant: a request is not sent if it could outlast the right to delete.
 *
 * <p>Safe for use by several threads.
 */
public final class AttachmentDeleter {

  /** Full requests, this far apart, are {@link Pace#ofBucket}'s rate. */
  private static final double REQUESTS_A_SECOND = 3;

  /** A caller that waits for its turn renews its right to delete this often. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Attachments attachments;
  private final Outages outages;
  private final Clocks clocks;
  private final MetricCounter metrics;
  private final Pace pace;

  public AttachmentDeleter(
      Attachments attachments, Outages outages, Clocks clocks, MetricCounter metrics) {
    this.attachments = attachments;
    this.outages = outages;
    this.clocks = clocks;
    this.metrics = metrics;
    this.pace = Pace.ofBucket(clocks.nanos());
  }

  /**
   * Deletes these attachments. No request with any of them is in flight when it returns. What
   * hinders deletes is told in the result and never thrown.
   *
   * @param wanted each once
   * @param first the conversations that may be begun only until a moment
   */
  public DeleteResult delete(DeleteRight right, Collection<Attachment> wanted, FirstDeletes first) {
    Order order = new Order(right, wanted, first);
    try {
      order.sendAll();
      return order.result(Optional.empty());
    } catch (RuntimeException | Error e) {
      return order.result(Optional.of(e));
    }
  }

  private synchronized Duration untilTurn() {
    long now = clocks.nanos();
    return Duration.ofNanos(pace.readyAt(now) - now);
  }

  /** Takes the next turn, if it has come, and tells how many versions it is for; 0: not yet. */
  private synchronized int takeTurn(int wanted) {
    long now = clocks.nanos();
    if (pace.readyAt(now) - now > 0) {
      return 0;
    }
    double most = Math.clamp(pace.rate() / REQUESTS_A_SECOND, 1, Attachments.MAX_BATCH);
    int size = Math.min(wanted, (int) most);
    pace.sent(size, now);
    return size;
  }

  private synchronized void answered(int unsent, int sent, int unprocessed, long sentAt) {
    pace.owesMore(-unsent);
    pace.answered(sent, unprocessed, sent, sentAt, clocks.nanos());
  }

  /** What one caller wants deleted. */
  private final class Order {

    private final DeleteRight right;
    private final FirstDeletes first;
    private final Deque<Attachment> waiting;
    private final Set<ConversationId> unsent;
    private final Map<ConversationId, RuntimeException> refused = new HashMap<>();

    Order(DeleteRight right, Collection<Attachment> wanted, FirstDeletes first) {
      this.right = right;
      this.first = first;
      this.waiting = new ArrayDeque<>(wanted);
      this.unsent = new HashSet<>(first.conversations());
    }

    void sendAll() {
      while (true) {
        right.keepAlive();
        dropTooLate();
        if (waiting.isEmpty()) {
          return;
        }
        int size = takeTurn(waiting.size());
        if (size == 0) {
          clocks.pauseOrStop(shorter(untilTurn(), LONGEST_PAUSE));
          continue;
        }
        List<Attachment> batch = new ArrayList<>(size);
        while (batch.size() < size) {
          batch.add(waiting.removeFirst());
        }
        send(batch);
      }
    }

    /** What was not begun by now may be outdated: its conversation is not begun any more. */
    private void dropTooLate() {
      if (!unsent.isEmpty() && clocks.nanos() - first.until() > 0) {
        waiting.removeIf(one -> unsent.contains(one.conversation()));
      }
    }

    /**
     * Sends a request. If it is refused as a whole, and the fault may be one version's, it is sent
     * again in halves, down to the version that is refused by itself.
     */
    private void send(List<Attachment> batch) {
      right.keepAlive();
      right.requireTimeToDelete();
      List<Attachment> allowed = batch.stream().filter(this::isAllowed).toList();
      if (allowed.isEmpty()) {
        return;
      }
      allowed.forEach(one -> unsent.remove(one.conversation()));
      sendAllowed(allowed);
    }

    private boolean isAllowed(Attachment one) {
      boolean isAllowed = right.mayDelete(one.conversation());
      if (!isAllowed) {
        refused.putIfAbsent(one.conversation(), new ConversationHeldException());
      }
      return isAllowed;
    }

    private void sendAllowed(List<Attachment> batch) {
      long sentAt = clocks.nanos();
      DeletedAttachments answer;
      try {
        answer = attachments.delete(batch);
      } catch (RuntimeException e) {
        if (batch.size() == 1 || outages.isOutside(e)) {
          batch.forEach(one -> refused.putIfAbsent(one.conversation(), e));
        } else {
          int half = batch.size() / 2;
          send(batch.subList(0, half));
          send(batch.subList(half, batch.size()));
        }
        return;
      }
      waiting.addAll(answer.unprocessed());
      waiting.addAll(answer.unsent());
      answer
          .refused()
          .forEach(
              (one, code) ->
                  refused.putIfAbsent(one.conversation(), new AttachmentRefusedException(code)));
      int unsent = answer.unsent().size();
      answered(unsent, batch.size() - unsent, answer.unprocessed().size(), sentAt);
      metrics.add(Metric.DELETES_THROTTLED, answer.unprocessed().size());
    }

    DeleteResult result(Optional<Throwable> failure) {
      return new DeleteResult(unsent, refused, failure);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
