package conversations.deletion.adapter.s3;

import conversations.deletion.application.port.AttachmentLists;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * Lists attachments in a bucket, with versioning or without.
 *
 * <p>Lists come with encoded keys, which the SDK decodes: a key may have characters that the XML of
 * an answer can't.
 */
public final class S3AttachmentLists implements AttachmentLists {

  /** S3's limit, of versions and of uploads. */
  static final int PAGE = 1_000;

  private final S3Client s3;
  private final AttachmentsBucket bucket;

  public S3AttachmentLists(S3Client s3, AttachmentsBucket bucket) {
    this.s3 = s3;
    this.bucket = bucket;
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
}
