package conversations.deletion.adapter.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class AwsOutagesTest {

  private final AwsOutages outages = new AwsOutages();

  private static AwsServiceException answered(int status, String code) {
    return DynamoDbException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalServerError, true",
    "503, ServiceUnavailable, true",
    "400, ProvisionedThroughputExceededException, true",
    "400, ThrottlingException, true",
    "400, RequestLimitExceeded, true",
    "400, TransactionConflictException, true",
    "400, TransactionInProgressException, true",
    "429, Whatever, true",
    "400, ValidationException, false",
    "400, ResourceNotFoundException, false",
    "400, AccessDeniedException, false",
    "400, ConditionalCheckFailedException, false",
    "400, , false"
  })
  void passIfTheServiceIsAtFaultOrOverloaded(int status, String code, boolean outage) {
    assertThat(outages.isOutage(answered(status, code))).isEqualTo(outage);
  }

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown, true, true",
    "503, ServiceUnavailable, true, true",
    "500, InternalError, true, true",
    "400, RequestTimeout, true, true",
    "409, OperationAborted, true, true",
    "404, NoSuchBucket, false, true",
    "403, AccessDenied, false, true",
    "301, PermanentRedirect, false, true",
    "400, AuthorizationHeaderMalformed, false, true",
    "400, MalformedXML, false, false",
    "400, KeyTooLongError, false, false"
  })
  void tellWhatS3RefusesForTheMomentAndWhatAnOperatorHasToMend(
      int status, String code, boolean isOutage, boolean isOutside) {
    AwsServiceException refusal =
        S3Exception.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();

    assertThat(outages.isOutage(refusal)).isEqualTo(isOutage);
    assertThat(outages.isOutside(refusal)).isEqualTo(isOutside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict"})
  void passIfATransactionWasCancelledForAPassingReason(String code) {
    assertThat(outages.isOutage(cancelled("None", code))).isTrue();
  }

  @Test
  void stayIfATransactionWasCancelledForAnotherReason() {
    assertThat(outages.isOutage(cancelled("None", "ValidationError"))).isFalse();
    assertThat(outages.isOutage(cancelled("ItemCollectionSizeLimitExceeded"))).isFalse();
    assertThat(outages.isOutage(TransactionCanceledException.builder().build())).isFalse();
  }

  private static TransactionCanceledException cancelled(String... codes) {
    return TransactionCanceledException.builder()
        .cancellationReasons(
            Arrays.stream(codes)
                .map(code -> CancellationReason.builder().code(code).build())
                .toList())
        .statusCode(400)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "The table does not have the specified index: byChannelUser, true",
    "Cannot read from backfilling global secondary index: byChannelUser, true",
    "One or more parameter values were invalid, false"
  })
  void lieOutsideTheJobIfAnIndexIsMissing(String message, boolean isOutside) {
    AwsServiceException answered =
        DynamoDbException.builder()
            .statusCode(400)
            .message(message)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ValidationException")
                    .errorMessage(message)
                    .build())
            .build();

    assertThat(outages.isOutage(answered)).isFalse();
    assertThat(outages.isOutside(answered)).isEqualTo(isOutside);
  }

  @Test
  void passIfTheServiceWasOutOfReach() {
    assertThat(outages.isOutage(SdkClientException.create("connection refused"))).isTrue();
    assertThat(outages.isOutage(ApiCallTimeoutException.create(4000))).isTrue();
  }

  @Test
  void ourOwnFaultsStay() {
    assertThat(outages.isOutage(new IllegalStateException())).isFalse();
    assertThat(outages.isOutage(new NullPointerException())).isFalse();
    assertThat(outages.isOutage(null)).isFalse();
  }
}
