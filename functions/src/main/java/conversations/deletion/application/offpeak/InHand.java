package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * The conversations that a run has in hand: being read, or read and not yet deleted.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A conversation is in one hand at a time, whatever jobs are about it. So no two jobs of a
 *       run plan the same record at once.
 *   <li>All hands together have no more keys than the table takes in a few seconds, so what was
 *       read is still fresh when it is deleted. Beyond that come only conversations that waited for
 *       long, and the later plans of a conversation that was begun.
 *   <li>They never have more keys than fit into the memory: at most {@value #MOST_KEYS}, and for
 *       each chunk in work a page that is being read and a later plan.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
public final class InHand {

  /** A key has up to a kilobyte (DynamoDB's limit), and takes as much again at the worst. */
  private static final double MOST_KEYS = 100_000;

  /** What is read is to be deleted within this time. */
  private static final Duration SOON = Duration.ofSeconds(3);

  /** After a large conversation, the next ones are expected to be large, and then less so. */
  private static final double FADING = 0.9;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /** A stuck conversation of another job may hold a hand up for this long, and no longer. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** A conversation of a bot. */
  record Place(BotId bot, ConversationId conversation) {}

  private record Held(Hand hand, int keys) {}

  private final ToDoubleFunction<Duration> recordsWithin;
  private final Clocks clocks;
  private final Map<Place, Held> held = new ConcurrentHashMap<>();
  private final LatelyDeleted lately;
  private double keys;
  private double expected = Chunk.MAX_PLANNED;

  /**
   * @param recordsWithin how many records the table is expected to take within some time from now
   *     on
   */
  public InHand(ToDoubleFunction<Duration> recordsWithin, Clocks clocks) {
    this.recordsWithin = recordsWithin;
    this.clocks = clocks;
    this.lately = new LatelyDeleted(clocks);
  }

  /** An empty hand of a job. */
  Hand open(DeletionJob job) {
    return new Hand(job.bot(), job.id());
  }

  /** Tells whether a conversation is in a hand. Never waits: others ask while they hold a lock. */
  boolean isInHand(BotId bot, ConversationId conversation) {
    return held.containsKey(new Place(bot, conversation));
  }

  /** The result of an attempt to take a conversation in hand. */
  enum Taking {
    TAKEN,
    /** Too much is in hand already. */
    NO_ROOM,
    /** It is in another hand. */
    IN_ANOTHER_HAND
  }

  private synchronized Taking take(Place place, Hand hand, boolean isForced) {
    if (held.containsKey(place)) {
      return Taking.IN_ANOTHER_HAND;
    }
    if (!isForced && !isRoomFor(expectedKeys(), keys)) {
      return Taking.NO_ROOM;
    }
    set(place, new Held(hand, expectedKeys()));
    return Taking.TAKEN;
  }

  private boolean isRoomFor(int wanted, double others) {
    double taken = recordsWithin.applyAsDouble(SOON);
    return taken > 0 && (others == 0 || others + wanted <= Math.min(MOST_KEYS, taken));
  }

  private void set(Place place, Held now) {
    Held before = held.put(place, now);
    keys += now.keys - (before == null ? 0 : before.keys);
  }

  private synchronized int keysOf(Place place) {
    return held.get(place).keys;
  }

  private synchronized boolean grow(Place place, Hand hand, int total) {
    boolean isRoom = isRoomFor(total, keys - keysOf(place));
    if (isRoom) {
      set(place, new Held(hand, total));
    }
    return isRoom;
  }

  /** The same, if it need not be soon that the table takes them. */
  private synchronized boolean growAlone(Place place, Hand hand, int total) {
    boolean isRoom = keys - keysOf(place) + total <= MOST_KEYS;
    if (isRoom) {
      set(place, new Held(hand, total));
    }
    return isRoom;
  }

  private synchronized void read(Place place, Hand hand, int actual) {
    expected = Math.max(actual, expected * FADING);
    set(place, new Held(hand, actual));
  }

  private synchronized void keep(Place place, Hand hand, int left) {
    set(place, new Held(hand, left));
  }

  private synchronized void letGo(Place place) {
    keys -= held.remove(place).keys;
  }

  private synchronized int expectedKeys() {
    return (int) Math.clamp(expected, 1, Chunk.MAX_PLANNED);
  }

  /** What a chunk, or the search for conversations, has in hand. Used by one thread at a time. */
  final class Hand implements AutoCloseable {

    private final BotId bot;
    private final JobId job;
    private final Set<ConversationId> own = new HashSet<>();

    private Hand(BotId bot, JobId job) {
      this.bot = bot;
      this.job = job;
    }

    private Place place(ConversationId conversation) {
      return new Place(bot, conversation);
    }

    /** Takes a conversation in hand, with room for the keys that it may have. Never waits. */
    Taking take(ConversationId conversation) {
      return take(conversation, false);
    }

    private Taking take(ConversationId conversation, boolean isForced) {
      if (own.contains(conversation)) {
        return Taking.TAKEN;
      }
      Taking taking = InHand.this.take(place(conversation), this, isForced);
      if (taking == Taking.TAKEN) {
        own.add(conversation);
      }
      return taking;
    }

    /** Tells whether this run has just deleted records of a conversation. */
    boolean isLatelyDeleted(ConversationId conversation) {
      return lately.contains(place(conversation));
    }

    /** Tells whether another job of this run, and not this one, has just deleted records of it. */
    boolean isAfterAnotherJob(ConversationId conversation) {
      return lately.isOfAnotherJob(place(conversation), job);
    }

    boolean isEmpty() {
      return own.isEmpty();
    }

    /** How many keys the next conversation is expected to have. */
    int expectedKeys() {
      return InHand.this.expectedKeys();
    }

    /**
     * Takes one of these conversations in hand, as soon as that can be.
     *
     * <p>Invariants: only an empty hand waits, so no two hands wait for each other. It waits for
     * room for some seconds only, so a conversation of another job that is stuck keeps none away.
     *
     * @return the conversation; empty if the job is to be cancelled and none of them was begun
     * @throws OutOfTimeException if there is no time left for that
     */
    Optional<JobConversation> awaitOneOf(Collection<JobConversation> wanted, HeldLease lease) {
      if (!own.isEmpty()) {
        throw new IllegalStateException("a hand that holds something must not wait");
      }
      long patientUntil = clocks.nanos() + LONGEST_WAIT.toNanos();
      while (true) {
        boolean isForced = clocks.nanos() - patientUntil > 0;
        Optional<JobConversation> taken =
            wanted.stream()
                .filter(one -> take(one.conversation(), isForced) == Taking.TAKEN)
                .findFirst();
        boolean isCancelled =
            lease.isCancelRequested() && wanted.stream().noneMatch(JobConversation::isBegun);
        if (taken.isPresent() || isCancelled) {
          return taken;
        }
        lease.keepAlive();
        lease.requireTimeToDelete();
        clocks.pauseOrStop(BETWEEN_LOOKS);
      }
    }

    /** How many keys of a conversation there is room for. */
    int room(ConversationId conversation) {
      return keysOf(place(conversation));
    }

    /** Makes room for this many keys of a conversation in all, and tells whether it could. */
    boolean grow(ConversationId conversation, int total) {
      return InHand.this.grow(place(conversation), this, total);
    }

    /** The same, however long it takes to delete them: what was read too early is read again. */
    boolean growAlone(ConversationId conversation, int total) {
      return InHand.this.growAlone(place(conversation), this, total);
    }

    /** This many keys of a conversation were read, and are kept. */
    void read(ConversationId conversation, int actual) {
      InHand.this.read(place(conversation), this, actual);
    }

    /** This many of a conversation's keys are kept from now on. */
    void keep(ConversationId conversation, int left) {
      InHand.this.keep(place(conversation), this, left);
    }

    /** Records of a conversation in this hand were deleted. */
    void deleted(ConversationId conversation) {
      lately.add(place(conversation), job);
    }

    /** Gives a conversation back, if it is in this hand. */
    void letGo(ConversationId conversation) {
      if (own.remove(conversation)) {
        InHand.this.letGo(place(conversation));
      }
    }

    /** Gives all conversations back. */
    @Override
    public void close() {
      List.copyOf(own).forEach(this::letGo);
    }
  }
}
