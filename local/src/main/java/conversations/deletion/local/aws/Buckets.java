package conversations.deletion.local.aws;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Makes buckets as a platform has them, and removes them. */
public final class Buckets {

  private final S3Client s3;

  public Buckets(S3Client s3) {
    this.s3 = s3;
  }

  /** Creates a bucket with versioning. */
  public void create(String name) {
    s3.createBucket(
        request ->
            request
                .bucket(name)
                .createBucketConfiguration(
                    bucket ->
                        bucket.locationConstraint(s3.serviceClientConfiguration().region().id())));
    version(name, BucketVersioningStatus.ENABLED);
  }

  /** Switches versioning on, or suspends it; it can't be switched off again. */
  public void version(String name, BucketVersioningStatus status) {
    s3.putBucketVersioning(
        request -> request.bucket(name).versioningConfiguration(all -> all.status(status)));
  }

  /** Deletes a bucket, and before that all that is in it. */
  public void delete(String name) {
    List<ObjectIdentifier> versions = versions(name);
    while (!versions.isEmpty()) {
      for (ObjectIdentifier one : versions) {
        s3.deleteObject(request -> request.bucket(name).key(one.key()).versionId(one.versionId()));
      }
      versions = versions(name);
    }
    for (MultipartUpload upload : uploads(name)) {
      s3.abortMultipartUpload(
          request -> request.bucket(name).key(upload.key()).uploadId(upload.uploadId()));
    }
    s3.deleteBucket(request -> request.bucket(name));
  }

  private List<ObjectIdentifier> versions(String name) {
    ListObjectVersionsResponse page =
        s3.listObjectVersions(request -> request.bucket(name).encodingType(EncodingType.URL));
    return Stream.concat(
            page.versions().stream().map(one -> id(one.key(), one.versionId())),
            page.deleteMarkers().stream().map(one -> id(one.key(), one.versionId())))
        .toList();
  }

  private static ObjectIdentifier id(String key, String version) {
    return ObjectIdentifier.builder().key(key).versionId(version).build();
  }

  private List<MultipartUpload> uploads(String name) {
    return s3.listMultipartUploads(request -> request.bucket(name).encodingType(EncodingType.URL))
        .uploads();
  }
}
