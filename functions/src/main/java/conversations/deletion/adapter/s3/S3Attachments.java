package conversations.deletion.adapter.s3;

import conversations.deletion.application.port.AttachmentLists;
import conversations.deletion.application.port.AttachmentRefusedException;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;

/** Attachments in a bucket, with versioning or without. */
public final class S3Attachments implements Attachments {

  private final S3Client s3;
  private final S3Client singleAttempt;
  private final AttachmentsBucket bucket;
  private final AttachmentLists lists;
  private final VersionDeletes deletes;

  /**
   * @param s3 lists, and may repeat requests
   * @param singleAttempt deletes and aborts; it must send each request once
   */
  public S3Attachments(
      S3Client s3, S3Client singleAttempt, AttachmentsBucket bucket, Outages outages) {
    this.s3 = s3;
    this.singleAttempt = singleAttempt;
    this.bucket = bucket;
    this.lists = new S3AttachmentLists(s3, bucket);
    this.deletes = new VersionDeletes(singleAttempt, bucket, outages);
  }

  @Override
  public boolean canBeOf(ConversationId conversation) {
    return lists.canBeOf(conversation);
  }

  @Override
  public AttachmentPage list(
      BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
    return lists.list(bot, conversation, after);
  }

  @Override
  public DeletedAttachments delete(List<Attachment> attachments) {
    return deletes.delete(attachments);
  }

  @Override
  public UploadPage uploads(BotId bot, ConversationId conversation) {
    ListMultipartUploadsResponse page =
        s3.listMultipartUploads(
            request ->
                request
                    .bucket(bucket.name())
                    .expectedBucketOwner(bucket.owner())
                    .prefix(bucket.prefix().of(bot, conversation))
                    .encodingType(EncodingType.URL)
                    .maxUploads(S3AttachmentLists.PAGE));
    return new UploadPage(
        page.uploads().stream()
            .map(upload -> new Upload(bot, upload.key(), upload.uploadId()))
            .toList(),
        !page.isTruncated());
  }

  @Override
  public void abort(Upload upload) {
    try {
      singleAttempt.abortMultipartUpload(
          request ->
              request
                  .bucket(bucket.name())
                  .expectedBucketOwner(bucket.owner())
                  .key(upload.key())
                  .uploadId(upload.id()));
    } catch (AwsServiceException e) {
      if (S3Errors.isDenied(e)) {
        throw new AttachmentRefusedException(S3Errors.ACCESS_DENIED, e);
      }
      if (!S3Errors.code(e).equals(S3Errors.NO_SUCH_UPLOAD)) {
        throw e;
      }
    }
  }
}
