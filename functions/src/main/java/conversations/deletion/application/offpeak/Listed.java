package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.domain.Fingerprints;
import java.util.List;
import java.util.Optional;

/**
 * What a list of a conversation's attachments showed: as much as a plan holds, and all that is left
 * of the plan before.
 *
 * @param versions the attachments
 * @param markers delete markers
 * @param isWhole whether there is no more than this
 * @param refusal why an unfinished upload could not be aborted; absent if none is left
 */
record Listed(
    List<Attachment> versions,
    List<Attachment> markers,
    boolean isWhole,
    Optional<RuntimeException> refusal) {

  /** Nothing is there. */
  static final Listed NOTHING = new Listed(List.of(), List.of(), true, Optional.empty());

  /** Tells whether no attachment is there. */
  boolean isEmpty() {
    return versions.isEmpty() && isWhole;
  }

  /** Tells whether, beside attachments, nothing is there either. */
  boolean isClean() {
    return markers.isEmpty() && refusal.isEmpty();
  }

  /** How many keys are kept. */
  int size() {
    return versions.size() + markers.size();
  }

  /** The fingerprints of the attachments. */
  Fingerprints fingerprints() {
    return fingerprints(versions);
  }

  static Fingerprints fingerprints(List<Attachment> versions) {
    return Fingerprints.of(versions.stream().map(Attachment::identity).toList());
  }

  /** What is known once all these attachments are deleted: perhaps that there are more. */
  Listed afterVersions() {
    return new Listed(List.of(), List.of(), isWhole, refusal);
  }

  /** Only those that are in a plan. */
  Listed within(Fingerprints planned) {
    List<Attachment> within = versions.stream().filter(one -> planned.has(one.identity())).toList();
    boolean isAll = within.size() == versions.size();
    return isAll ? this : new Listed(within, markers, false, refusal);
  }

  Listed refused(RuntimeException why) {
    return new Listed(versions, markers, isWhole, Optional.of(why));
  }
}
