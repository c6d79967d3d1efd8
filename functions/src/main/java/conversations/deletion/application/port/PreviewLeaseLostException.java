package conversations.deletion.application.port;

import conversations.deletion.domain.PreviewRef;

/** Another worker has taken the preview over. */
public final class PreviewLeaseLostException extends RuntimeException {

  public PreviewLeaseLostException(PreviewRef preview, Throwable cause) {
    super("lost the lease of preview " + preview.preview(), cause);
  }
}
