package conversations.deletion.adapter.s3;

import conversations.deletion.application.port.AttachmentRefusedException;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * Attachments in a bucket, with versioning or without.
 *
 * <p>Lists come with encoded keys, which the SDK decodes: a key may have characters that the XML of
 * an answer can't.
 */
public final class S3Attachments implements Attachments {

  /** S3's limit, of versions and of uploads. */
  private static final int PAGE = 1_000;

  private final S3Client s3;
  private final S3Client singleAttempt;
  private final AttachmentsBucket bucket;
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
    this.deletes = new VersionDeletes(singleAttempt, bucket, outages);
  }

  @Override
  public boolean canBeOf(ConversationId conversation) {
    return ConversationId.isValid(conversation.value());
  }

  @Override
  public AttachmentPage list(
      BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
    ListObjectVersionsResponse page =
        s3.listObjectVersions(
            request ->
                request
                    .bucket(bucket.name())
                    .expectedBucketOwner(bucket.owner())
                    .prefix(bucket.prefix().of(bot, conversation))
                    .keyMarker(after.map(AttachmentPosition::key).orElse(null))
                    .versionIdMarker(after.flatMap(AttachmentPosition::version).orElse(null))
                    .encodingType(EncodingType.URL)
                    .maxKeys(PAGE));
    return new AttachmentPage(
        page.versions().stream()
            .map(
                version ->
                    new Attachment(
                        bot,
                        conversation,
                        version.key(),
                        version.versionId(),
                        version.lastModified(),
                        Objects.requireNonNullElse(version.size(), 0L)))
            .toList(),
        page.deleteMarkers().stream()
            .map(
                marker ->
                    new Attachment(
                        bot,
                        conversation,
                        marker.key(),
                        marker.versionId(),
                        marker.lastModified(),
                        0))
            .toList(),
        page.isTruncated() ? Optional.of(next(page)) : Optional.empty());
  }

  private static AttachmentPosition next(ListObjectVersionsResponse page) {
    return new AttachmentPosition(
        page.nextKeyMarker(),
        Optional.ofNullable(page.nextVersionIdMarker()).filter(version -> !version.isEmpty()));
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
                    .maxUploads(PAGE));
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
