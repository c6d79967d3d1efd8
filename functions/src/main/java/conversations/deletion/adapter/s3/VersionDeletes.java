package conversations.deletion.adapter.s3;

import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Attachments.DeletedAttachments;
import conversations.deletion.application.port.Outages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes versions of objects, and tells what came of each. */
final class VersionDeletes {

  /** What S3 calls a version that was written without versioning. */
  private static final String NO_VERSION = "null";

  private static final DeletedAttachments ALL = new DeletedAttachments(List.of(), Map.of());

  private final S3Client singleAttempt;
  private final AttachmentsBucket bucket;
  private final Outages outages;

  VersionDeletes(S3Client singleAttempt, AttachmentsBucket bucket, Outages outages) {
    this.singleAttempt = singleAttempt;
    this.bucket = bucket;
    this.outages = outages;
  }

  /**
   * Sends one request, as {@link Attachments#delete} promises.
   *
   * <p>A key that the XML of DeleteObjects can't carry needs a request of its own. Where there are
   * such keys, the request is for all others; where there are only such, for the first. The rest is
   * not sent.
   */
  DeletedAttachments delete(List<Attachment> attachments) {
    Map<Boolean, List<Attachment>> byForm =
        attachments.stream().collect(Collectors.partitioningBy(VersionDeletes::isForXml));
    List<Attachment> together = byForm.get(true);
    List<Attachment> alone = byForm.get(false);
    if (alone.isEmpty()) {
      return deleteTogether(together);
    }
    DeletedAttachments deleted =
        together.isEmpty() ? deleteAlone(alone.getFirst()) : deleteTogether(together);
    return new DeletedAttachments(
        deleted.unprocessed(),
        deleted.refused(),
        together.isEmpty() ? alone.subList(1, alone.size()) : alone);
  }

  /**
   * Tells whether a key arrives in XML 1.0 as it is. Of control characters some can't stand in it,
   * and others may be read as another.
   *
   * @see <a href="https://www.w3.org/TR/xml/#charsets">Characters</a>
   */
  private static boolean isForXml(Attachment attachment) {
    return attachment
        .key()
        .codePoints()
        .allMatch(c -> c >= ' ' && c != 0xFFFE && c != 0xFFFF && (c < 0x7F || c > 0x9F));
  }

  private DeletedAttachments deleteTogether(List<Attachment> attachments) {
    List<ObjectIdentifier> versions =
        attachments.stream()
            .map(one -> ObjectIdentifier.builder().key(one.key()).versionId(one.version()).build())
            .toList();
    try {
      DeleteObjectsResponse answer =
          singleAttempt.deleteObjects(
              request ->
                  request
                      .bucket(bucket.name())
                      .expectedBucketOwner(bucket.owner())
                      .delete(delete -> delete.objects(versions).quiet(true)));
      return of(attachments, answer.errors());
    } catch (SdkException e) {
      return ofFailure(attachments, e);
    }
  }

  private DeletedAttachments deleteAlone(Attachment attachment) {
    List<Attachment> one = List.of(attachment);
    try {
      singleAttempt.deleteObject(
          request ->
              request
                  .bucket(bucket.name())
                  .expectedBucketOwner(bucket.owner())
                  .key(attachment.key())
                  .versionId(attachment.version()));
      return ALL;
    } catch (SdkException e) {
      return e instanceof AwsServiceException error && S3Errors.isGone(S3Errors.code(error))
          ? ALL
          : ofFailure(one, e);
    }
  }

  private static DeletedAttachments of(List<Attachment> attachments, List<S3Error> errors) {
    if (errors.isEmpty()) {
      return ALL;
    }
    Map<Version, Attachment> byVersion =
        attachments.stream()
            .collect(
                Collectors.toMap(
                    one -> new Version(one.key(), one.version()), Function.identity()));
    List<Attachment> unprocessed = new ArrayList<>();
    Map<Attachment, String> refused = new HashMap<>();
    for (S3Error error : errors) {
      Attachment attachment = byVersion.get(Version.of(error));
      if (attachment == null) {
        // Of which it is can't be told, so none is known to be deleted.
        return DeletedAttachments.ofNone(attachments);
      }
      if (S3Errors.passes(error.code())) {
        unprocessed.add(attachment);
      } else if (!S3Errors.isGone(error.code())) {
        refused.put(attachment, error.code());
      }
    }
    return new DeletedAttachments(unprocessed, refused);
  }

  /**
   * What a failed request says of its attachments. S3 refuses a whole request with AccessDenied
   * where it would not delete any of them, such as in a bucket with MFA delete.
   */
  private DeletedAttachments ofFailure(List<Attachment> attachments, SdkException failure) {
    if (outages.isOutage(failure)) {
      return DeletedAttachments.ofNone(attachments);
    }
    if (S3Errors.isDenied(failure)) {
      return new DeletedAttachments(
          List.of(),
          attachments.stream()
              .collect(Collectors.toMap(Function.identity(), _ -> S3Errors.ACCESS_DENIED)));
    }
    throw failure;
  }

  /** A version of an object, as S3 tells it. */
  private record Version(String key, String version) {

    static Version of(S3Error error) {
      String version = error.versionId();
      return new Version(error.key(), version == null || version.isEmpty() ? NO_VERSION : version);
    }
  }
}
