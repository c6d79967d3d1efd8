package conversations.deletion.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

class StubS3Test {

  private static final String BUCKET = "media";

  private final StubAws aws =
      new StubAws(
          new TimeSource() {
            @Override
            public long nanoTime() {
              return 0;
            }

            @Override
            public void sleep(Duration duration) {}
          });
  private final StubS3 stub = new StubS3(aws);
  private S3Client s3;

  @BeforeEach
  void addConversations() {
    stub.add(new SampleUser(0, 0, 2), n -> n == 0 ? 2_500 : 4);
    s3 =
        S3Client.builder()
            .httpClient(stub)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
            .build();
  }

  private static String prefix(int conversation) {
    return SampleUser.BOT_ID + "/" + SampleUser.id(conversation) + "/";
  }

  private List<ListObjectVersionsResponse> pages(int conversation) {
    List<ListObjectVersionsResponse> pages = new ArrayList<>();
    String key = null;
    String version = null;
    do {
      String keyMarker = key;
      String versionMarker = version;
      pages.add(
          s3.listObjectVersions(
              request ->
                  request
                      .bucket(BUCKET)
                      .prefix(prefix(conversation))
                      .keyMarker(keyMarker)
                      .versionIdMarker(versionMarker)));
      key = pages.getLast().nextKeyMarker();
      version = pages.getLast().nextVersionIdMarker();
    } while (pages.getLast().isTruncated());
    return pages;
  }

  private void delete(List<ObjectVersion> versions) {
    List<ObjectIdentifier> all =
        versions.stream()
            .map(one -> ObjectIdentifier.builder().key(one.key()).versionId(one.versionId()))
            .map(ObjectIdentifier.Builder::build)
            .toList();
    s3.deleteObjects(request -> request.bucket(BUCKET).delete(delete -> delete.objects(all)));
  }

  private static <T> List<T> all(
      List<ListObjectVersionsResponse> pages, Function<ObjectVersion, T> what) {
    return pages.stream().flatMap(page -> page.versions().stream()).map(what).toList();
  }

  @Test
  void listsEachVersionOnceInPagesOfAThousand() {
    List<ListObjectVersionsResponse> pages = pages(0);

    assertThat(pages).extracting(page -> page.versions().size()).containsExactly(1_000, 1_000, 500);
    assertThat(all(pages, one -> one.key() + one.versionId()))
        .hasSize(2_500)
        .doesNotHaveDuplicates();
    assertThat(all(pages, ObjectVersion::key))
        .isSorted()
        .allMatch(key -> key.startsWith(prefix(0)));
  }

  @Test
  void severalVersionsHaveOneKey() {
    assertThat(all(pages(1), ObjectVersion::key).stream().distinct()).hasSize(2);
  }

  @Test
  void whatIsDeletedIsNotListedAndNothingElseIsGone() {
    List<ObjectVersion> versions = all(pages(1), Function.identity());

    delete(versions.subList(1, 3));

    assertThat(all(pages(1), Function.identity()))
        .containsExactly(versions.getFirst(), versions.getLast());
    assertThat(stub.left()).isEqualTo(2_502);
  }

  @Test
  void hasNoUnfinishedUploads() {
    assertThat(s3.listMultipartUploads(request -> request.bucket(BUCKET)).uploads()).isEmpty();
  }

  @Test
  void countsRequestsByTheirOperation() {
    delete(all(pages(1), Function.identity()));
    s3.listMultipartUploads(request -> request.bucket(BUCKET));

    assertThat(aws.meter().requests(StubS3.LIST_VERSIONS, StubS3.NAME)).isEqualTo(1);
    assertThat(aws.meter().requests(StubS3.DELETE, StubS3.NAME)).isEqualTo(1);
    assertThat(aws.meter().requests(StubS3.LIST_UPLOADS, StubS3.NAME)).isEqualTo(1);
  }
}
