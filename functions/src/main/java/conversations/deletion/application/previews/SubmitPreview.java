package conversations.deletion.application.previews;

import conversations.deletion.application.port.CreationDates;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.PreviewQueue;
import conversations.deletion.application.port.PreviewSubmissions;
import conversations.deletion.application.port.StackSecret;
import conversations.deletion.domain.DeletionRequest.Described;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewState;
import conversations.deletion.domain.Submission;
import java.time.Duration;
import java.util.Map;

/**
 * Accepts a preview. From then on it is certain that it is worked on: the stored preview makes that
 * certain, and the message that follows is only a hint.
 */
public final class SubmitPreview {

  private final PreviewSubmissions previews;
  private final PreviewQueue queue;
  private final StackSecret secret;
  private final CreationDates creationDates;
  private final Duration indexSettle;
  private final OperatorLog log;
  private final Metrics metrics;

  /**
   * @param indexSettle how long an index takes to settle: a channel user's preview is worked on no
   *     earlier than this after the end of its range
   */
  public SubmitPreview(
      PreviewSubmissions previews,
      PreviewQueue queue,
      StackSecret secret,
      CreationDates creationDates,
      Duration indexSettle,
      OperatorLog log,
      Metrics metrics) {
    this.previews = previews;
    this.queue = queue;
    this.secret = secret;
    this.creationDates = creationDates;
    this.indexSettle = indexSettle;
    this.log = log;
    this.metrics = metrics;
  }

  /** Accepts a request, unless its idempotency key was used for another one. */
  public Outcome submit(Submission<Described> submission) {
    Preview preview = preview(submission);
    Duration wait = untilSettled(preview);
    Preview stored =
        previews.submit(
            preview,
            submission.request().listed(),
            preview.submittedAt().plus(wait).plus(PreviewSettings.SWEEP_GRACE));
    if (!stored.requestFingerprint().equals(preview.requestFingerprint())) {
      return new KeyReused();
    }
    boolean replayed = !stored.equals(preview);
    if (!replayed) {
      announce(preview, wait);
    }
    return new Accepted(stored, untilSettled(stored), replayed);
  }

  private Preview preview(Submission<Described> submission) {
    return new Preview(
        submission.bot(),
        previewId(submission),
        submission.clientApp(),
        DeletionTarget.of(
            submission.request(),
            submission.submittedAt(),
            creationDates.of(submission.bot(), submission.request()).later()),
        submission.submittedAt(),
        PreviewState.SUBMITTED,
        submission.fingerprint(secret::key));
  }

  private PreviewId previewId(Submission<?> submission) {
    return submission
        .idempotencyKey()
        .map(key -> PreviewId.of(submission.bot(), submission.clientApp(), key, secret.key()))
        .orElseGet(
            () -> PreviewId.of(submission.bot(), submission.clientApp(), submission.invocation()));
  }

  private Duration untilSettled(Preview preview) {
    return preview
        .target()
        .ofChannelUser()
        .map(user -> user.range().to().plus(indexSettle))
        .map(settled -> Duration.between(preview.submittedAt(), settled))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  private void announce(Preview preview, Duration wait) {
    log.info(
        "preview_accepted",
        OperatorLog.of(
            preview.ref(),
            Map.of(
                "appId", preview.requestedBy().value(),
                "requestType", preview.target().requestType().text())));
    metrics.report(Map.of(Metric.PREVIEWS_SUBMITTED, 1L));
    try {
      queue.send(preview.ref(), wait);
    } catch (RuntimeException e) {
      // The preview is stored, so it is accepted; a sweep will find it.
      log.warn("preview_message_not_sent", OperatorLog.of(preview.ref()), e);
    }
  }

  /** The result of a submission. */
  public sealed interface Outcome {}

  /**
   * The request is accepted, by this submission or by an earlier one with the same key.
   *
   * @param preview the preview that it made
   * @param settles how long after its submission it is worked on at the earliest
   * @param replayed whether an earlier submission made the preview
   */
  public record Accepted(Preview preview, Duration settles, boolean replayed) implements Outcome {}

  /** The idempotency key was used before, for another request. */
  public record KeyReused() implements Outcome {}
}
