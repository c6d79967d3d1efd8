package conversations.deletion.application.offpeak;

import static java.util.stream.Collectors.toSet;

import conversations.deletion.application.concurrent.Thrown;
import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.pool.AttachmentDeleter;
import conversations.deletion.application.pool.ConversationHeldException;
import conversations.deletion.application.pool.DeleteResult;
import conversations.deletion.application.pool.FirstDeletes;
import conversations.deletion.application.pool.RecordDeleter;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes what is planned of conversations, in the store that the plan is for. What can't be
 * deleted makes its conversation fail, and no other.
 *
 * <p>Safe for use by several threads.
 */
public final class PlannedDeletes {

  private final RecordDeleter records;
  private final AttachmentDeleter attachments;
  private final ConversationReader reader;
  private final Outages outages;
  private final OperatorLog log;

  public PlannedDeletes(
      RecordDeleter records,
      AttachmentDeleter attachments,
      ConversationReader reader,
      Outages outages,
      OperatorLog log) {
    this.records = records;
    this.attachments = attachments;
    this.reader = reader;
    this.outages = outages;
    this.log = log;
  }

  /**
   * Deletes what these conversations have planned, as the stored chunk says.
   *
   * @return those of which all that was sent is gone
   */
  List<Work> delete(OpenChunk chunk, List<Work> works, Hand hand) {
    List<Work> ofAttachments = new ArrayList<>();
    List<Work> ofRecords = new ArrayList<>();
    works.forEach(one -> (one.attachments().isEmpty() ? ofRecords : ofAttachments).add(one));
    List<Work> deleted = new ArrayList<>();
    if (!ofAttachments.isEmpty()) {
      deleted.addAll(settle(chunk, ofAttachments, hand, deleteAttachments(chunk, ofAttachments)));
    }
    deleted.addAll(settle(chunk, ofRecords, hand, deleteRecords(chunk, ofRecords)));
    return deleted;
  }

  private DeleteResult deleteAttachments(OpenChunk chunk, List<Work> works) {
    return attachments.delete(
        chunk.lease().right(),
        works.stream().flatMap(work -> work.attachments().stream()).toList(),
        firstDeletes(works));
  }

  private DeleteResult deleteRecords(OpenChunk chunk, List<Work> works) {
    return records.delete(
        chunk.lease().right(),
        works.stream().flatMap(work -> work.others().stream()).toList(),
        works.stream().flatMap(work -> work.headers().stream()).toList(),
        firstDeletes(works));
  }

  private static FirstDeletes firstDeletes(List<Work> works) {
    List<Work> first = works.stream().filter(Work::isToBegin).toList();
    return new FirstDeletes(
        first.stream().map(Work::id).collect(toSet()),
        first.stream().mapToLong(Work::freshUntil).min().orElse(Long.MAX_VALUE));
  }

  private List<Work> settle(OpenChunk chunk, List<Work> works, Hand hand, DeleteResult result) {
    if (result.failure().isPresent()) {
      throw Thrown.again(result.failure().get());
    }
    List<Work> deleted = new ArrayList<>();
    for (Work work : works) {
      hand.keep(work.id(), work.rest().map(Readout::keys).orElse(0));
      RuntimeException refusal = result.refused().get(work.id());
      if (result.unsent().contains(work.id())) {
        work.withdraw();
        continue;
      }
      if (work.isToBegin()) {
        work.begun();
      }
      if (refusal != null) {
        refuse(chunk, work, refusal);
      } else {
        deleted.add(work);
      }
    }
    return deleted;
  }

  /** A record, or an attachment, of a conversation was refused by itself. */
  private void refuse(OpenChunk chunk, Work work, RuntimeException refusal) {
    HeldLease lease = chunk.lease();
    boolean isOfRecords = work.attachments().isEmpty();
    if (isOfRecords) {
      work.see(reader.look(lease, work.conversation()));
    } else {
      work.see(reader.listAttachments(lease, work.conversation()));
    }
    if (refusal instanceof ConversationHeldException) {
      keep(chunk, work);
    } else if (outages.isOutside(refusal)) {
      work.putOff();
      chunk.progress().remaining().noteTrouble(refusal);
    } else if (isOfRecords) {
      work.fail(Reason.REFUSED);
      log.error("record_refused", OperatorLog.of(lease.job().ref()), refusal);
    } else {
      refuseAttachments(chunk, work, refusal);
    }
  }

  /** A hold came while the conversation was being deleted: it stops where it is. */
  private static void keep(OpenChunk chunk, Work work) {
    Optional<Kept> kept = chunk.lease().holds().kept(work.id());
    WhatRemains remaining = chunk.progress().remaining();
    kept.ifPresentOrElse(remaining::noteKept, remaining::noteKeptNoMore);
    work.hold(kept.map(Kept::reason).orElse(Reason.HELD));
  }

  /** An upload was not aborted: a hold keeps it, or S3 refused. */
  void refuseAtLook(OpenChunk chunk, Work work, RuntimeException refusal) {
    if (refusal instanceof ConversationHeldException) {
      keep(chunk, work);
    } else {
      refuseAttachments(chunk, work, refusal);
    }
  }

  private void refuseAttachments(OpenChunk chunk, Work work, RuntimeException refusal) {
    work.fail(Reason.ATTACHMENTS_REFUSED);
    log.error("attachments_refused", OperatorLog.of(chunk.lease().job().ref()), refusal);
  }
}
