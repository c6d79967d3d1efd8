package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.PreviewMessages;
import conversations.deletion.application.previews.RunPreview;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.PreviewRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The function that works on previews, fed by their queue, one message at a time. It only reads
 * what conversations consist of. What it throws makes the queue deliver the message again, and in
 * the end to the dead-letter queue.
 */
public final class PreviewHandler implements RequestHandler<SQSEvent, Void> {

  private final RunPreview runPreview;
  private final PreviewMessages messages;
  private final OperatorLog log;

  public PreviewHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public PreviewHandler(Wiring wiring) {
    this(wiring.runPreview(), wiring.previewMessages(), wiring.operatorLog());
  }

  public PreviewHandler(RunPreview runPreview, PreviewMessages messages, OperatorLog log) {
    this.runPreview = runPreview;
    this.messages = messages;
    this.log = log;
  }

  @Override
  public Void handleRequest(SQSEvent event, Context context) {
    log.begin(Map.of("requestId", context.getAwsRequestId()));
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      Optional<PreviewRef> preview = messages.read(message.getBody());
      if (preview.isEmpty()) {
        log.error(
            "message_rejected",
            Map.of("messageId", message.getMessageId(), "reason", "not_a_preview"),
            null);
        throw new RunFailedException();
      }
      run(preview.get(), Duration.ofMillis(context.getRemainingTimeInMillis()));
    }
    return null;
  }

  private void run(PreviewRef preview, Duration time) {
    try {
      runPreview.run(preview, time);
    } catch (RuntimeException e) {
      log.error("run_failed", OperatorLog.of(preview), e);
      throw new RunFailedException();
    }
  }
}
