package conversations.deletion.adapter.s3;

import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.StoreFitness;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Lists versions and unfinished uploads of the bucket once, as a job will, under a prefix of
 * nobody's. It has no way to try a delete that deletes nothing and needs the same permission.
 */
public final class S3BucketFitness implements StoreFitness {

  private static final BotId NOBODYS = new BotId("-");
  private static final ConversationId NOBODYS_CONVERSATION = new ConversationId("-");

  private final S3Client s3;
  private final AttachmentsBucket bucket;
  private final Outages outages;

  public S3BucketFitness(S3Client s3, AttachmentsBucket bucket, Outages outages) {
    this.s3 = s3;
    this.bucket = bucket;
    this.outages = outages;
  }

  @Override
  public List<String> faults() {
    String prefix = bucket.prefix().of(NOBODYS, NOBODYS_CONVERSATION);
    Optional<String> ofVersions =
        faultOf(
            "s3:ListBucketVersions",
            () ->
                s3.listObjectVersions(
                    request ->
                        request
                            .bucket(bucket.name())
                            .expectedBucketOwner(bucket.owner())
                            .prefix(prefix)
                            .maxKeys(1)));
    Optional<String> ofUploads =
        faultOf(
            "s3:ListBucketMultipartUploads",
            () ->
                s3.listMultipartUploads(
                    request ->
                        request
                            .bucket(bucket.name())
                            .expectedBucketOwner(bucket.owner())
                            .prefix(prefix)
                            .maxUploads(1)));
    return Stream.of(ofVersions, ofUploads).flatMap(Optional::stream).distinct().toList();
  }

  private Optional<String> faultOf(String action, Runnable call) {
    try {
      call.run();
      return Optional.empty();
    } catch (AwsServiceException e) {
      if (outages.isOutage(e)) {
        throw e;
      }
      return Optional.of(fault(action, e));
    }
  }

  private String fault(String action, AwsServiceException refusal) {
    String code = S3Errors.code(refusal);
    if (code.equals(S3Errors.NO_SUCH_BUCKET)) {
      return "bucket_missing: There is no bucket %s.".formatted(bucket.name());
    }
    if (S3Errors.isElsewhere(refusal)) {
      return "bucket_elsewhere: The bucket %s is in another Region.".formatted(bucket.name());
    }
    return "bucket_not_listable: %s on %s was refused with %s; the bucket has to be of account %s."
        .formatted(action, bucket.name(), code, bucket.owner());
  }
}
