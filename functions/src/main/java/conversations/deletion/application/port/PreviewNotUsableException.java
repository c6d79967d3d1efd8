package conversations.deletion.application.port;

import conversations.deletion.domain.PreviewId;

/** No job can be made of a preview: it is not completed, has expired, or is used up. */
public final class PreviewNotUsableException extends RuntimeException {

  public PreviewNotUsableException(PreviewId preview, Throwable cause) {
    super("no job can be made of preview " + preview, cause);
  }
}
