package conversations.deletion.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Buckets;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.template.Account;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** It refuses what S3 refuses, and LocalS3 by itself does not. */
class S3EndpointTest {

  private static final String BUCKET = "media";

  private S3Endpoint endpoint;
  private AwsClients clients;
  private S3Client s3;

  @BeforeEach
  void start() {
    endpoint =
        S3Endpoint.start(Listening.HERE, new Account("123456789012", "eu-central-1", "stack"));
    clients = AwsClients.of(Endpoints.all(endpoint.endpoint()), "eu-central-1");
    s3 = clients.s3();
    new Buckets(s3).create(BUCKET);
  }

  @AfterEach
  void stop() {
    clients.close();
    endpoint.close();
  }

  @Test
  void refusesMoreThanAThousandKeysAndNone() {
    List<ObjectIdentifier> tooMany =
        IntStream.rangeClosed(0, 1_000).mapToObj(i -> id("k" + i)).toList();

    assertThat(refusal(() -> delete(tooMany))).isEqualTo("MalformedXML");
    assertThat(refusal(() -> delete(List.of()))).isEqualTo("MalformedXML");
  }

  @Test
  void refusesACharacterThatXmlDoesNotKnow() {
    assertThat(refusal(() -> delete(List.of(id("\u0001"))))).isEqualTo("MalformedXML");
  }

  @Test
  void refusesAKeyThatIsTooLong() {
    assertThat(refusal(() -> put("x".repeat(1_025)))).isEqualTo("KeyTooLongError");
    put("x".repeat(1_024));
  }

  @Test
  void refusesToAbortAnUploadThatIsNone() {
    assertThat(
            refusal(
                () ->
                    s3.abortMultipartUpload(
                        request -> request.bucket(BUCKET).key("a").uploadId("none"))))
        .isEqualTo("NoSuchUpload");
  }

  @Test
  void refusesWhoTakesTheBucketForAnothers() {
    assertThat(
            refusal(
                () ->
                    s3.listObjectVersions(
                        request -> request.bucket(BUCKET).expectedBucketOwner("999999999999"))))
        .isEqualTo("AccessDenied");
  }

  @Test
  void tellsMomentsToTheSecond() {
    put("a");

    assertThat(s3.listObjectVersions(request -> request.bucket(BUCKET)).versions())
        .singleElement()
        .satisfies(version -> assertThat(version.lastModified().getNano()).isZero());
  }

  private void put(String key) {
    s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString("content"));
  }

  private void delete(List<ObjectIdentifier> versions) {
    s3.deleteObjects(request -> request.bucket(BUCKET).delete(all -> all.objects(versions)));
  }

  private static ObjectIdentifier id(String key) {
    return ObjectIdentifier.builder().key(key).build();
  }

  private static String refusal(ThrowingCallable call) {
    return catchThrowableOfType(S3Exception.class, call).awsErrorDetails().errorCode();
  }
}
