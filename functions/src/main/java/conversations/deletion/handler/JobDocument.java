package conversations.deletion.handler;

import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;

/** A job as callers see it: without the channel user and the conversations that it deletes. */
final class JobDocument {

  private JobDocument() {}

  /**
   * @param seesHolds whether it is shown to somebody who may see what is held in confidence
   */
  static Map<String, Object> of(DeletionJob job, boolean seesHolds) {
    JobState state = job.state();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("jobId", job.id().value());
    json.put("status", state.status().text());
    json.put("requestType", job.target().requestType().text());
    job.reference().ifPresent(reference -> json.put("reference", reference.value()));
    json.put("submittedAt", Timestamps.format(job.submittedAt()));
    job.notBefore().ifPresent(at -> json.put("notBefore", Timestamps.format(at)));
    json.put("scheduledAt", Timestamps.format(state.scheduledAt()));
    state.startedAt().ifPresent(at -> json.put("startedAt", Timestamps.format(at)));
    state
        .cancelRequest()
        .map(CancelRequest::at)
        .ifPresent(at -> json.put("cancelRequestedAt", Timestamps.format(at)));
    state.completedAt().ifPresent(at -> json.put("completedAt", Timestamps.format(at)));
    job.target()
        .ofChannelUser()
        .ifPresent(
            user -> {
              json.put("startDate", Timestamps.format(user.range().from()));
              json.put("endDate", Timestamps.format(user.range().to()));
            });
    job.target().preview().ifPresent(preview -> json.put("previewId", preview.value()));
    json.put("result", result(state, seesHolds));
    if (state.status().isEnd()) {
      json.put("notification", notification(state.notification()));
    }
    return json;
  }

  private static Map<String, Object> result(JobState state, boolean seesHolds) {
    Counts counts = state.counts();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("totalConversations", counts.total());
    json.put("processedCount", counts.processed());
    json.put("deletedCount", counts.deletedRecords());
    json.put("deletedConversations", counts.deleted());
    json.put("deletedAttachments", counts.deletedAttachments());
    json.put("retainedCount", counts.retainedRecords());
    json.put("heldCount", counts.held() + (seesHolds ? counts.heldInConfidence() : 0));
    json.put("failedCount", counts.failed());
    json.put("skippedCount", counts.skipped());
    state.beforeStart().ifPresent(count -> json.put("beforeStartCount", count));
    json.put("retriesRemaining", state.retries().remaining());
    return json;
  }

  private static Map<String, Object> notification(OwnerNotification notification) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", notification.status().text());
    notification.sentAt().ifPresent(at -> json.put("sentAt", Timestamps.format(at)));
    if (!notification.isHeldBack()) {
      // That an owner had many e-mails would tell one bot's caller of the owner's other bots.
      notification.reason().ifPresent(reason -> json.put("reason", reason));
    }
    return json;
  }
}
