package conversations.deletion.application.port;

/**
 * S3 refused to delete an attachment, or to abort an unfinished upload. It does not say more of the
 * reason than its code: a lock, a missing permission and MFA delete look the same.
 */
public final class AttachmentRefusedException extends RuntimeException {

  /**
   * @param code S3's code of the error
   */
  public AttachmentRefusedException(String code) {
    super("S3 refused to delete an attachment: " + code);
  }

  public AttachmentRefusedException(String code, Throwable cause) {
    super("S3 refused to abort an unfinished upload: " + code, cause);
  }
}
