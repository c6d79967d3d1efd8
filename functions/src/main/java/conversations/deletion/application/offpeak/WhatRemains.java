package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.ConversationReads.IndexEntry;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Outcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The conversations of a job that are still to be dealt with, and what they wait for. Safe for use
 * by several threads.
 */
final class WhatRemains {

  private final Set<ConversationId> unfinished = new HashSet<>();
  private final Set<ConversationId> retriable = new HashSet<>();
  private final Set<ConversationId> begun = new HashSet<>();
  private final Set<ConversationId> held = new HashSet<>();
  private final Set<Integer> withPending = new TreeSet<>();
  private final Set<Integer> withWork = new TreeSet<>();
  private final Set<HoldId> holds = new TreeSet<>();
  private Optional<Instant> idleAt = Optional.empty();
  private Optional<RuntimeException> trouble = Optional.empty();
  private long holdsSeen = Long.MAX_VALUE;

  /** Takes note of the outcomes of a stored chunk's conversations. */
  synchronized void remember(Chunk stored) {
    for (JobConversation one : stored.conversations()) {
      boolean waits = one.outcome() == Outcome.PENDING || one.outcome() == Outcome.FAILED;
      put(unfinished, one.conversation(), waits);
      put(retriable, one.conversation(), Chunk.isRetriable(one));
      put(begun, one.conversation(), waits && one.isBegun());
      put(held, one.conversation(), one.isHeld());
    }
    put(withPending, stored.number(), stored.has(one -> one.outcome() == Outcome.PENDING));
    put(
        withWork,
        stored.number(),
        stored.has(one -> one.outcome() == Outcome.PENDING && !one.isHeld()));
  }

  private static <T> void put(Set<T> set, T element, boolean isIn) {
    if (isIn) {
      set.add(element);
    } else {
      set.remove(element);
    }
  }

  /**
   * Takes up conversations that are in no chunk or have ended in theirs, and returns them. The
   * others wait in their chunk for a later attempt, or are being worked on.
   */
  synchronized List<IndexEntry> takeUp(List<IndexEntry> found) {
    return found.stream().filter(one -> unfinished.add(one.conversation())).toList();
  }

  /** Takes note that these conversations do not belong to the job. */
  synchronized void dropped(Set<ConversationId> conversations) {
    List.of(unfinished, retriable, begun, held).forEach(one -> one.removeAll(conversations));
  }

  /** The numbers of the chunks in which something is pending. */
  synchronized List<Integer> chunksWithPending() {
    return List.copyOf(withPending);
  }

  /** The numbers of the chunks in which something is pending that no hold keeps. */
  synchronized List<Integer> chunksWithWork() {
    return List.copyOf(withWork);
  }

  /** Takes note of what keeps a conversation. */
  synchronized void noteKept(Kept kept) {
    holds.addAll(kept.holds());
    // A hold that was released ends without a change of the version: the job is looked at anyway.
    holdsSeen = Math.min(holdsSeen, kept.endsByItself() ? 0 : kept.version());
  }

  /** What kept a conversation may have ended: the job is to be looked at in any case. */
  synchronized void noteKeptNoMore() {
    holdsSeen = 0;
  }

  /** Tells whether a hold keeps any conversation. */
  synchronized boolean anythingHeld() {
    return !held.isEmpty();
  }

  /** The holds that keep any. */
  synchronized Set<HoldId> holds() {
    return Set.copyOf(holds);
  }

  /** The version of the bot's holds that was seen; 0 if the job is to be looked at in any case. */
  synchronized long holdsSeen() {
    return holdsSeen == Long.MAX_VALUE ? 0 : holdsSeen;
  }

  /** Tells whether a failed conversation may be tried again in a later window. */
  synchronized boolean anythingRetriable() {
    return !retriable.isEmpty();
  }

  /** Tells whether a conversation that was begun is still to be dealt with, or has failed. */
  synchronized boolean anythingBegun() {
    return !begun.isEmpty();
  }

  /** Tells whether a conversation that was begun has failed and may be tried again. */
  synchronized boolean anythingBegunRetriable() {
    return begun.stream().anyMatch(retriable::contains);
  }

  /** When the first of the open conversations will have been idle long enough. */
  synchronized Optional<Instant> idleAt() {
    return idleAt;
  }

  synchronized void noteIdleAt(Instant moment) {
    idleAt = Optional.of(idleAt.filter(moment::isAfter).orElse(moment));
  }

  /** What a conversation waits for outside the job; absent if none does. */
  synchronized Optional<RuntimeException> trouble() {
    return trouble;
  }

  synchronized void noteTrouble(RuntimeException outside) {
    trouble = trouble.or(() -> Optional.of(outside));
  }
}
