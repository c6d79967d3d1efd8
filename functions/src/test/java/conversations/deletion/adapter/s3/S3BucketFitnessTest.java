package conversations.deletion.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.adapter.aws.AwsOutages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

class S3BucketFitnessTest {

  private RuntimeException ofVersions;
  private RuntimeException ofUploads;

  private final StubS3 s3 =
      new StubS3() {
        @Override
        public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
          assertThat(request.bucket()).isEqualTo("media");
          assertThat(request.expectedBucketOwner()).isEqualTo("123456789012");
          if (ofVersions != null) {
            throw ofVersions;
          }
          return ListObjectVersionsResponse.builder().build();
        }

        @Override
        public ListMultipartUploadsResponse listMultipartUploads(
            ListMultipartUploadsRequest request) {
          assertThat(request.bucket()).isEqualTo("media");
          assertThat(request.expectedBucketOwner()).isEqualTo("123456789012");
          if (ofUploads != null) {
            throw ofUploads;
          }
          return ListMultipartUploadsResponse.builder().build();
        }
      };

  private final S3BucketFitness fitness = new S3BucketFitness(s3, StubS3.BUCKET, new AwsOutages());

  @Test
  void findsNoFaultWhereBothListsAreAnswered() {
    assertThat(fitness.faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchBucket, bucket_missing: There is no bucket media.",
    "301, PermanentRedirect, bucket_elsewhere: The bucket media is in another Region.",
    "307, TemporaryRedirect, bucket_elsewhere: The bucket media is in another Region.",
    "400, AuthorizationHeaderMalformed, bucket_elsewhere: The bucket media is in another Region.",
    "400, IllegalLocationConstraintException, bucket_elsewhere: The bucket media is in another Region."
  })
  void saysOnceWhereTheBucketIsNot(int status, String code, String fault) {
    ofVersions = StubS3.refusal(status, code);
    ofUploads = StubS3.refusal(status, code);

    assertThat(fitness.faults()).containsExactly(fault);
  }

  @Test
  void namesEachPermissionThatIsMissing() {
    ofVersions = StubS3.refusal(403, "AccessDenied");
    ofUploads = StubS3.refusal(403, "AccessDenied");

    assertThat(fitness.faults())
        .containsExactly(
            "bucket_not_listable: s3:ListBucketVersions on media was refused with AccessDenied;"
                + " the bucket has to be of account 123456789012.",
            "bucket_not_listable: s3:ListBucketMultipartUploads on media was refused with"
                + " AccessDenied; the bucket has to be of account 123456789012.");

    ofVersions = null;

    assertThat(fitness.faults()).hasSize(1);
  }

  @Test
  void cannotTellDuringAnOutage() {
    ofUploads = StubS3.refusal(503, "SlowDown");

    assertThatThrownBy(fitness::faults).isSameAs(ofUploads);
  }
}
