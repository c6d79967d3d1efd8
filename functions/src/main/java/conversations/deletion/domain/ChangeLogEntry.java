package conversations.deletion.domain;

import com.github.f4b6a3.uuid.factory.standard.NameBasedSha1Factory;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One entry of a bot's change log. It names ids of jobs, holds, bots and client apps only.
 *
 * @param id {@code cl-} and a name-based UUID
 * @param bot the bot whose change log holds it
 * @param resource what it is about
 * @param clientApp the client app that caused it; absent if the service itself did
 * @param message what happened, in a sentence
 * @param createdOn when it happened
 */
public record ChangeLogEntry(
    String id,
    BotId bot,
    Resource resource,
    Optional<ClientAppId> clientApp,
    String message,
    Instant createdOn) {

  /**
   * What an entry is about.
   *
   * @param type the kind of it
   */
  public record Resource(String type, String id) {

    /** A job. */
    public static Resource of(JobId job) {
      return new Resource("conversationDeletionJob", job.value());
    }

    /** A hold. */
    public static Resource of(HoldId hold) {
      return new Resource("conversationHold", hold.value());
    }
  }

  /** The namespace of entry ids. */
  private static final UUID NAMESPACE = UUID.fromString("7a3f2f0c-5d0e-4d5a-9f5e-2a4f0b6a9c11");

  private static final NameBasedSha1Factory UUIDS = new NameBasedSha1Factory();

  /** A job was accepted. */
  public static ChangeLogEntry submitted(DeletionJob job) {
    String how =
        "submitted"
            + job.target().preview().map(preview -> " as preview " + preview + " lists").orElse("")
            + job.notBefore()
                .map(moment -> ", to begin no earlier than " + Timestamps.format(moment))
                .orElse("");
    return entry(job, "submitted", Optional.of(job.requestedBy()), job.submittedAt(), how);
  }

  /** A run picked a job up for the first time. */
  public static ChangeLogEntry started(DeletionJob job, Instant now) {
    return entry(job, "started", Optional.empty(), now, "started");
  }

  /** Nothing is left of a job but what a hold keeps. */
  public static ChangeLogEntry onHold(DeletionJob job, Instant now) {
    Counts counts = job.state().counts();
    String how = "on hold: %s, %d held".formatted(deleted(counts), counts.held());
    return entry(job, "on-hold", Optional.empty(), now, how);
  }

  /** A hold was placed. */
  public static ChangeLogEntry placed(Hold hold) {
    String what =
        switch (hold.request().target()) {
          case HoldTarget.HeldConversations held -> Amount.of(held.ids().size(), "conversation");
          case HoldTarget.HeldChannelUser _ -> "the conversations of a channel user";
        };
    return entry(hold, "placed", hold.placedBy(), hold.placedAt(), "placed on " + what);
  }

  /** A hold was released. */
  public static ChangeLogEntry released(Hold hold) {
    Hold.Release release = hold.release().orElseThrow();
    String how = "released: it holds until " + Timestamps.format(release.holdsUntil());
    return entry(hold, "released", release.by(), release.at(), how);
  }

  /** A hold's id may be used again once the hold is forgotten, and by other bots at any time. */
  private static ChangeLogEntry entry(
      Hold hold, String event, ClientAppId by, Instant at, String how) {
    String name = String.join("#", hold.bot().value(), hold.id().value(), event);
    return new ChangeLogEntry(
        id(name + "#" + Timestamps.format(hold.placedAt())),
        hold.bot(),
        Resource.of(hold.id()),
        Optional.of(by),
        "Hold " + hold.id() + " " + how + ".",
        at);
  }

  /** A job has ended, by itself or because it was cancelled. */
  public static ChangeLogEntry ended(DeletionJob job, Instant now) {
    if (job.state().status() == JobStatus.CANCELLED) {
      return cancelled(job, job.state().cancelRequest().map(CancelRequest::by).orElseThrow(), now);
    }
    Counts counts = job.state().counts();
    String how =
        "%s: %s, %d failed, %d skipped%s"
            .formatted(
                job.state().status().text(),
                deleted(counts),
                counts.failed(),
                counts.skipped(),
                retained(counts));
    return entry(job, "ended", Optional.empty(), now, how);
  }

  /** A cancel of a job took effect. */
  public static ChangeLogEntry cancelled(DeletionJob job, ClientAppId by, Instant now) {
    Counts counts = job.state().counts();
    String how = "cancelled: " + deleted(counts) + retained(counts);
    return entry(job, "ended", Optional.of(by), now, how);
  }

  private static String deleted(Counts counts) {
    return "%d of %s deleted (%s)"
        .formatted(
            counts.deleted(), Amount.of(counts.total(), "conversation"), Amount.deleted(counts));
  }

  private static String retained(Counts counts) {
    return counts.retainedRecords() == 0
        ? ""
        : ", " + Amount.of(counts.retainedRecords(), "record") + " retained";
  }

  /** A job's owner can't be reached by e-mail, or may not have been; empty if neither is so. */
  public static Optional<ChangeLogEntry> ownerNotNotified(DeletionJob job, Instant now) {
    OwnerNotification notification = job.state().notification();
    String why = notification.reason().orElse("");
    return switch (notification.status()) {
      case UNDELIVERABLE -> Optional.of(notNotified(job, now, "owner not notified: " + why));
      case UNCONFIRMED -> Optional.of(notNotified(job, now, "owner possibly not notified: " + why));
      case NOT_DUE, PENDING, SENT -> Optional.empty();
    };
  }

  private static ChangeLogEntry notNotified(DeletionJob job, Instant now, String how) {
    return entry(job, "owner-not-notified", Optional.empty(), now, how);
  }

  private static ChangeLogEntry entry(
      DeletionJob job, String event, Optional<ClientAppId> clientApp, Instant at, String how) {
    return new ChangeLogEntry(
        id(job.id() + "#" + event),
        job.bot(),
        Resource.of(job.id()),
        clientApp,
        "Deletion job " + job.id() + " " + how + ".",
        at);
  }

  private static String id(String name) {
    return "cl-" + UUIDS.create(NAMESPACE, name);
  }
}
