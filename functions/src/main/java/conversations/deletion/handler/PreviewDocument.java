package conversations.deletion.handler;

import conversations.deletion.application.previews.EstimateRates;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.Estimate;
import conversations.deletion.domain.Estimate.Span;
import conversations.deletion.domain.Extent;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewCounts;
import conversations.deletion.domain.PreviewState;
import conversations.deletion.domain.PreviewStatus;
import conversations.deletion.domain.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A preview as callers see it: without the channel user and the conversations. */
final class PreviewDocument {

  private PreviewDocument() {}

  /**
   * @param seesHolds whether it is shown to somebody who may see what is held in confidence
   */
  static Map<String, Object> of(Preview preview, EstimateRates rates, boolean seesHolds) {
    PreviewState state = preview.state();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("previewId", preview.id().value());
    json.put("status", state.status().text());
    json.put("requestType", preview.target().requestType().text());
    json.put("submittedAt", Timestamps.format(preview.submittedAt()));
    state.completedAt().ifPresent(at -> json.put("completedAt", Timestamps.format(at)));
    state.goodUntil().ifPresent(at -> json.put("expiresAt", Timestamps.format(at)));
    Optional<ChannelUserConversations> user = preview.target().ofChannelUser();
    if (user.isPresent()) {
      json.put("startDate", Timestamps.format(user.get().range().from()));
      json.put("endDate", Timestamps.format(user.get().range().to()));
    }
    state.failure().ifPresent(failure -> json.put("reason", failure.text()));
    Map<String, Object> result = result(state.progress().counts(), seesHolds);
    if (user.filter(ChannelUserConversations::hasDefaultStart).isPresent()) {
      result.put("beforeStart", state.progress().counts().beforeStart());
    }
    if (state.status() == PreviewStatus.COMPLETED) {
      result.put("estimate", estimate(Estimate.of(state.progress().counts()), rates));
    }
    json.put("result", result);
    return json;
  }

  private static Map<String, Object> result(PreviewCounts counts, boolean seesHolds) {
    Extent extent = counts.extent();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("conversations", counts.conversations());
    json.put("records", extent.records());
    json.put("attachments", extent.attachments());
    json.put("bytes", extent.bytes());
    json.put("retained", extent.retained());
    json.put("held", counts.held() + (seesHolds ? counts.heldInConfidence() : 0));
    json.put("open", counts.open());
    json.put("failing", counts.failing());
    json.put("notFound", counts.notFound());
    Optional<DateRange> started = counts.started();
    if (started.isPresent()) {
      json.put("firstStartedAt", Timestamps.format(started.get().from()));
      json.put("lastStartedAt", Timestamps.format(started.get().to()));
    }
    return json;
  }

  private static Map<String, Object> estimate(Estimate estimate, EstimateRates rates) {
    Span units = estimate.writeUnits();
    Span lists = estimate.lists();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("writeUnits", span(units.least(), units.most()));
    json.put("listings", span(lists.least(), lists.most()));
    json.put(
        "costUsd",
        span(
            rates.dollars(units.least(), lists.least()).toPlainString(),
            rates.dollars(units.most(), lists.most()).toPlainString()));
    json.put("seconds", rates.seconds(estimate));
    json.put("windows", rates.windows(estimate));
    return json;
  }

  private static Map<String, Object> span(Object least, Object most) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("least", least);
    json.put("most", most);
    return json;
  }
}
