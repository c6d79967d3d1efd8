package conversations.deletion.adapter.sqs;

import conversations.deletion.application.port.PreviewMessages;
import conversations.deletion.domain.PreviewRef;
import java.util.Optional;

/** Reads the messages of the previews' queue, which SQS hands to the function. */
public final class SqsPreviewMessages implements PreviewMessages {

  @Override
  public Optional<PreviewRef> read(String body) {
    return MessageBody.readPreview(body);
  }
}
