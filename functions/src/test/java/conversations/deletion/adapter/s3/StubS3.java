package conversations.deletion.adapter.s3;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A client whose answers the test sets, for cases that no emulator has. */
abstract class StubS3 implements S3Client {

  static final AttachmentsBucket BUCKET =
      new AttachmentsBucket("media", "123456789012", AttachmentPrefix.USUAL);

  static S3Exception refusal(int status, String code) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
