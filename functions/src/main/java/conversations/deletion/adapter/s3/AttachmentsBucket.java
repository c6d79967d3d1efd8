package conversations.deletion.adapter.s3;

import java.util.regex.Pattern;

/**
 * The bucket of the attachments.
 *
 * @param name its name; no ARN, and no alias of an access point
 * @param owner the account that the bucket has to belong to, so that no other bucket is touched
 *     that came to have its name
 * @param prefix where a conversation's attachments are in it
 */
public record AttachmentsBucket(String name, String owner, AttachmentPrefix prefix) {

  /** S3's rule for names of buckets. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /**
   * @throws IllegalArgumentException if a bucket can't have that name
   */
  public AttachmentsBucket {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not a valid name of a bucket");
    }
  }
}
