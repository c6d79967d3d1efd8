package conversations.deletion.application.previews;

import conversations.deletion.application.port.CreationDates;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.PreviewQueue;
import conversations.deletion.application.port.PreviewSubmissions;
import conversations.deletion.application.port.StackSecret;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewState;
import conversations.deletion.domain.RequestFingerprint;
import conversations.deletion.domain.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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
  public Outcome submit(Submission submission) {
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

  private Preview preview(Submission submission) {
    Optional<IdempotencyKey> key = submission.idempotencyKey();
    return new Preview(
        submission.bot(),
        key.map(it -> PreviewId.of(submission.bot(), submission.clientApp(), it, secret.key()))
            .orElseGet(
                () ->
                    PreviewId.of(
                        submission.bot(), submission.clientApp(), submission.invocation())),
        submission.clientApp(),
        DeletionTarget.of(submission.request(), submission.submittedAt(), created(submission)),
        submission.submittedAt(),
        PreviewState.SUBMITTED,
        key.map(it -> RequestFingerprint.of(submission.request(), it, secret.key())));
  }

  private Optional<Instant> created(Submission submission) {
    return submission.request() instanceof ByChannelUser asked && asked.start().isEmpty()
        ? creationDates.laterOf(submission.bot(), asked.channelUser()).later()
        : Optional.empty();
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
        Map.of(
            "botId", preview.bot().value(),
            "previewId", preview.id().value(),
            "appId", preview.requestedBy().value(),
            "requestType", preview.target().requestType().text()));
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

  /**
   * A request, with everything that decides what preview it makes.
   *
   * @param idempotencyKey the client app's name for the request; absent if it gave none
   * @param invocation an id that no other request has
   * @param submittedAt when it was submitted, in whole milliseconds
   */
  public record Submission(
      BotId bot,
      ClientAppId clientApp,
      Optional<IdempotencyKey> idempotencyKey,
      String invocation,
      DeletionRequest.Described request,
      Instant submittedAt) {

    public Submission {
      submittedAt = Timestamps.toMillis(submittedAt);
    }
  }
}
