package conversations.deletion.simulation;

import conversations.deletion.application.port.AttachmentRefusedException;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.simulation.Calls.CallFailedException;
import conversations.deletion.simulation.Calls.DeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bucket, as a worker calls it. */
final class CalledAttachments implements Attachments {

  private static final String DENIED = "AccessDenied";

  /** A request was refused as a whole, for a reason that lies in what it names. */
  static final class RequestRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RequestRefusedException(int size) {
      super("a request of " + size + " is refused");
    }
  }

  private final Worker worker;
  private final World world;
  private final Calls calls;
  private final MemoryAttachments bucket;

  CalledAttachments(Worker worker, World world, Calls calls) {
    this.worker = worker;
    this.world = world;
    this.calls = calls;
    this.bucket = world.platform.uploader().bucket();
  }

  @Override
  public boolean canBeOf(ConversationId conversation) {
    return bucket.canBeOf(conversation);
  }

  @Override
  public AttachmentPage list(
      BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
    AttachmentPage page =
        calls.call(
            Permission.LIST_ATTACHMENTS,
            "list " + conversation,
            () -> {
              world.promises.listing(worker, conversation, after);
              return bucket.list(bot, conversation, after);
            });
    world.promises.listed(worker, conversation, page);
    return page;
  }

  @Override
  public UploadPage uploads(BotId bot, ConversationId conversation) {
    return calls.call(
        Permission.LIST_ATTACHMENTS,
        "list uploads " + conversation,
        () -> {
          world.promises.listingUploads(worker, conversation);
          return bucket.uploads(bot, conversation);
        });
  }

  /** Like a delete, it must not come later than the engine's margin after the check. */
  @Override
  public void abort(Upload upload) {
    world.promises.aborting(worker, upload);
    pauseWithinMargin();
    world.promises.starting(
        worker, List.of(world.platform.uploader().conversationOf(upload.key())));
    if (world.weather.strikes(Fault.CALL_LOST)) {
      calls.pass(world.weather.between(Duration.ZERO, Calls.CALL_TIMEOUT));
      throw new CallFailedException("abort");
    }
    try {
      calls.requireNoOutage(Permission.DELETE_ATTACHMENTS, "abort");
    } catch (DeniedException e) {
      world.promises.refused(worker, world.platform.uploader().conversationOf(upload.key()));
      throw new AttachmentRefusedException(DENIED, e);
    }
    calls.pass(world.weather.ofCall());
    if (world.platform.uploader().isLocked(upload)) {
      calls.note("abort is refused");
      world.promises.refused(worker, world.platform.uploader().conversationOf(upload.key()));
      throw new AttachmentRefusedException(DENIED);
    }
    bucket.abort(upload);
    calls.note("aborts " + upload);
    calls.pass(world.weather.ofCall());
    calls.pauseOrDie();
    if (world.weather.strikes(Fault.ANSWER_LOST)) {
      throw new CallFailedException("abort");
    }
  }

  private void pauseWithinMargin() {
    if (world.weather.strikes(Fault.PAUSE)) {
      calls.pass(
          world.weather.between(
              Duration.ZERO, world.settings.deleteReserve().minus(Calls.CALL_TIMEOUT)));
    }
    calls.dieIfKilled();
  }

  @Override
  public DeletedAttachments delete(List<Attachment> attachments) {
    world.promises.sentAttachments(worker, attachments);
    pauseWithinMargin();
    world.promises.starting(
        worker, attachments.stream().map(Attachment::conversation).distinct().toList());
    if (world.weather.strikes(Fault.CALL_LOST)) {
      calls.note("delete of attachments is lost");
      calls.pass(world.weather.between(Duration.ZERO, Calls.CALL_TIMEOUT));
      return DeletedAttachments.ofNone(attachments);
    }
    try {
      calls.requireNoOutage(Permission.DELETE_ATTACHMENTS, "delete of attachments");
    } catch (CallFailedException _) {
      return DeletedAttachments.ofNone(attachments);
    } catch (DeniedException _) {
      // S3 answers, and tells of each key that it is denied.
      return new DeletedAttachments(List.of(), refuse(attachments));
    }
    if (world.weather.strikes(Fault.REQUEST_REFUSED)) {
      calls.note("delete of " + attachments.size() + " attachments is refused as a whole");
      if (attachments.size() == 1) {
        world.promises.refused(worker, attachments.getFirst().conversation());
      }
      throw new RequestRefusedException(attachments.size());
    }
    return world.weather.strikes(Fault.DELETE_LATE)
        ? deleteLate(attachments)
        : deleteNow(attachments);
  }

  private DeletedAttachments deleteLate(List<Attachment> attachments) {
    JobRef job = worker.lease().job();
    world.timeline.after(
        world.weather.between(Duration.ZERO, Calls.CALL_TIMEOUT),
        () -> takeEffect(job, unlocked(attachments)));
    calls.pauseOrDie();
    calls.pass(Calls.CALL_TIMEOUT);
    return DeletedAttachments.ofNone(attachments);
  }

  private DeletedAttachments deleteNow(List<Attachment> attachments) {
    List<Attachment> unprocessed = unprocessed(attachments);
    List<Attachment> processed = new ArrayList<>(attachments);
    processed.removeAll(unprocessed);
    calls.pass(world.weather.ofCall());
    List<Attachment> unlocked = unlocked(processed);
    takeEffect(worker.lease().job(), unlocked);
    processed.removeAll(unlocked);
    calls.pass(world.weather.ofCall());
    calls.pauseOrDie();
    if (world.weather.strikes(Fault.ANSWER_LOST)) {
      return DeletedAttachments.ofNone(attachments);
    }
    return new DeletedAttachments(unprocessed, refuse(processed));
  }

  private List<Attachment> unlocked(List<Attachment> attachments) {
    return attachments.stream().filter(one -> !world.platform.uploader().isLocked(one)).toList();
  }

  private Map<Attachment, String> refuse(List<Attachment> attachments) {
    Map<Attachment, String> refused = new LinkedHashMap<>();
    attachments.forEach(
        one -> {
          refused.put(one, DENIED);
          world.promises.refused(worker, one.conversation());
        });
    return refused;
  }

  private List<Attachment> unprocessed(List<Attachment> attachments) {
    if (!world.weather.strikes(Fault.UNPROCESSED)) {
      return List.of();
    }
    return world.weather.chance(2)
        ? attachments
        : attachments.stream().filter(_ -> world.weather.chance(2)).toList();
  }

  private void takeEffect(JobRef job, List<Attachment> attachments) {
    world.promises.deletingAttachments(job, attachments);
    world.platform.uploader().delete(attachments);
    calls.note("deletes " + attachments.size() + " attachments");
  }
}
