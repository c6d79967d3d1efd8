package conversations.deletion.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.s3.AttachmentPrefix;
import conversations.deletion.local.Stack;
import conversations.deletion.local.aws.Buckets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class BucketCensusIT {
  private static final String ASKED = "st-1/asked/";
  private static final String OTHER = "st-1/other/";

  @AutoClose private static final Stack stack = new Stack();
  private static final S3Client S3 = stack.s3();

  private final Buckets buckets = new Buckets(S3);
  private final String bucket = "census-" + UUID.randomUUID();
  private BucketCensus before;

  @BeforeEach
  void seed() {
    buckets.create(bucket);
    new SampleAttachments(S3, bucket, AttachmentPrefix.USUAL)
        .seed("st-1", List.of("asked", "other"), 5);
    before = census();
  }

  @AfterEach
  void delete() {
    buckets.delete(bucket);
  }

  @Test
  void countsVersionsMarkersAndUploads() {
    assertThat(before.versions(ASKED)).isEqualTo(5);
    assertThat(before.things(ASKED)).isEqualTo(7);
    assertThat(before.versions("st-1/unknown/")).isZero();
    assertThat(List.of(before.versions(), before.markers(), before.uploads()))
        .containsExactly(10, 2, 2);
  }

  @Test
  void isExactWhenNothingIsLeftOfWhatWasAskedForAndAllElseIs() {
    deleteVersions(ASKED);
    abortUpload(ASKED);

    CensusComparison comparison = compare();

    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.gone()).isEqualTo(7);
    assertThat(comparison.untouched()).isEqualTo(7);
  }

  @Test
  void tellsOfAnUploadLeftBehind() {
    deleteVersions(ASKED);

    assertThat(compare().differences())
        .singleElement()
        .asString()
        .startsWith("LEFT_BEHIND  " + ASKED + " " + ASKED + "upload.wav upload ");
  }

  @Test
  void tellsOfWhatIsOtherwiseInAnotherFolder() {
    deleteVersions(ASKED);
    abortUpload(ASKED);
    abortUpload(OTHER);
    S3.putObject(
        request -> request.bucket(bucket).key(OTHER + "image-1.png"), RequestBody.fromString("x"));

    assertThat(compare().differences())
        .hasSize(3)
        .anyMatch(it -> it.startsWith("ADDED        " + OTHER))
        .anyMatch(it -> it.startsWith("CHANGED      " + OTHER))
        .anyMatch(it -> it.startsWith("WRONGLY_GONE " + OTHER + " " + OTHER + "upload.wav"));
  }

  private CensusComparison compare() {
    return before.compare(census(), List.of(ASKED));
  }

  private BucketCensus census() {
    return BucketCensus.take(S3, bucket);
  }

  private void deleteVersions(String folder) {
    before.folders().get(folder).versions().keySet().forEach(this::deleteVersion);
    before.folders().get(folder).markers().keySet().forEach(this::deleteVersion);
  }

  /** The name of a version or marker is its key, a word and its id. */
  private void deleteVersion(String name) {
    String[] parts = name.split(" ");
    S3.deleteObject(request -> request.bucket(bucket).key(parts[0]).versionId(parts[2]));
  }

  private void abortUpload(String folder) {
    String[] parts = before.folders().get(folder).uploads().firstKey().split(" ");
    S3.abortMultipartUpload(request -> request.bucket(bucket).key(parts[0]).uploadId(parts[2]));
  }
}
