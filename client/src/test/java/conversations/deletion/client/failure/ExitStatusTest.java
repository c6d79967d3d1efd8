package conversations.deletion.client.failure;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class ExitStatusTest {

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, 0",
    "FAILED, 1",
    "PARTIALLY_COMPLETED, 4",
    "CANCELLED, 5",
    "QUEUED, 6",
    "IN_PROGRESS, 6",
    "ON_HOLD, 6"
  })
  void tellsHowAJobEnded(JobStatus status, int code) {
    assertThat(ExitStatus.of(status).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, 1, permission",
    "400, ExpiredTokenException, 1, Sign in",
    "400, ResourceNotFoundException, 1, --stack",
    "503, ServiceUnavailable, 3, Try again"
  })
  void tellsAwsThatRefusesFromAwsThatCannot(int http, String code, int exit, String remedy) {
    Failure failure =
        Failure.of(
            AwsServiceException.builder()
                .statusCode(http)
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .serviceName("DynamoDb")
                        .errorCode(code)
                        .errorMessage("Not\nnow")
                        .build())
                .build());

    assertThat(failure.status().code()).isEqualTo(exit);
    assertThat(failure).hasMessage("DynamoDb refused: Not now (%s)", code);
    assertThat(failure.remedy()).contains(remedy);
  }

  @Test
  void isThreeWhereAwsCannotBeAsked() {
    Failure failure = Failure.of(SdkClientException.create("Unable to load credentials"));

    assertThat(failure.status().code()).isEqualTo(3);
    assertThat(failure).hasMessageContaining("Unable to load credentials");
  }

  @Test
  void isSeventyForAFaultOfTheClient() {
    assertThat(Failure.of(new IllegalStateException("odd")).status().code()).isEqualTo(70);
  }
}
