package conversations.deletion.handler;

import conversations.deletion.application.holds.HoldWithJobs;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.Timestamps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A hold as those see it who may see holds. */
final class HoldDocument {

  private HoldDocument() {}

  static Map<String, Object> of(Hold hold) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("holdId", hold.id().value());
    switch (hold.request().target()) {
      case HeldConversations(List<ConversationId> ids) ->
          json.put(
              RequestFields.CONVERSATION_IDS, ids.stream().map(ConversationId::value).toList());
      case HeldChannelUser(ChannelUserId user) ->
          json.put(RequestFields.CHANNEL_USER, user.value());
    }
    json.put("reason", hold.request().reason().value());
    hold.request().reviewAt().ifPresent(at -> json.put("reviewAt", Timestamps.format(at)));
    json.put("confidential", hold.request().isConfidential());
    json.put("placedAt", Timestamps.format(hold.placedAt()));
    hold.heldFrom().ifPresent(at -> json.put("heldFrom", Timestamps.format(at)));
    hold.release()
        .ifPresent(
            release -> {
              json.put("releasedAt", Timestamps.format(release.at()));
              json.put("holdsUntil", Timestamps.format(release.holdsUntil()));
            });
    return json;
  }

  /** The same, with the jobs that wait for it. */
  static Map<String, Object> of(HoldWithJobs found) {
    Map<String, Object> json = of(found.hold());
    json.put("waitingJobs", found.jobs().stream().map(HoldDocument::of).toList());
    return json;
  }

  private static Map<String, Object> of(HoldWithJobs.Waiting job) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("jobId", job.job().value());
    json.put("since", Timestamps.format(job.since()));
    return json;
  }
}
