package conversations.deletion.application.jobs;

import conversations.deletion.application.port.CreationDates;
import conversations.deletion.application.port.CreationDates.Creation;
import conversations.deletion.application.port.Previews;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByPreview;
import conversations.deletion.domain.DeletionRequest.Described;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.PreviewedConversations;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewProgress;
import conversations.deletion.domain.PreviewStatus;
import java.time.Instant;
import java.util.Optional;

/** Fixes what a job is about when it is submitted. */
public final class FixTarget {

  private final CreationDates creationDates;
  private final Previews previews;
  private final RequirePreview requirePreview;

  public FixTarget(CreationDates creationDates, Previews previews, RequirePreview requirePreview) {
    this.creationDates = creationDates;
    this.previews = previews;
    this.requirePreview = requirePreview;
  }

  /** What a job is about, or why there can be none. */
  sealed interface Result {}

  /**
   * What a job is about.
   *
   * @param creation what the default start was made of
   */
  record Fixed(DeletionTarget target, Creation creation) implements Result {}

  /** There can be no job. */
  record Refused(PreviewRefusal why) implements Result {}

  Result fix(BotId bot, DeletionRequest request, Instant submittedAt) {
    return switch (request) {
      case ByPreview(PreviewId preview, _) -> ofPreview(previews.find(bot, preview), submittedAt);
      case Described described -> ofDescribed(bot, described, submittedAt);
    };
  }

  private static Result ofPreview(Optional<Preview> found, Instant now) {
    if (found.isEmpty()) {
      return new Refused(PreviewRefusal.UNKNOWN);
    }
    Preview preview = found.get();
    if (preview.state().hasExpired(now)) {
      return new Refused(PreviewRefusal.EXPIRED);
    }
    if (preview.state().status() != PreviewStatus.COMPLETED) {
      return new Refused(PreviewRefusal.NOT_COMPLETED);
    }
    PreviewProgress progress = preview.state().progress();
    return new Fixed(
        new PreviewedConversations(
            preview.id(), progress.chunks(), progress.counts().conversations(), preview.target()),
        Creation.UNKNOWN);
  }

  private Result ofDescribed(BotId bot, Described request, Instant submittedAt) {
    Creation creation = creationDates.of(bot, request);
    DeletionTarget target = DeletionTarget.of(request, submittedAt, creation.later());
    return requirePreview.isRequired(bot, target)
        ? new Refused(PreviewRefusal.REQUIRED)
        : new Fixed(target, creation);
  }
}
