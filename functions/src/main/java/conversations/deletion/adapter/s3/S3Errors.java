package conversations.deletion.adapter.s3;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The codes of S3's errors.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error
 *     responses</a>
 */
final class S3Errors {

  /** A deny, a lock, a missing permission, or MFA delete: S3 says no more than this. */
  static final String ACCESS_DENIED = "AccessDenied";

  static final String NO_SUCH_BUCKET = "NoSuchBucket";
  static final String NO_SUCH_UPLOAD = "NoSuchUpload";

  /** The bucket is in another Region, which signs requests otherwise. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "Redirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  private static final Set<String> GONE = Set.of("NoSuchKey", "NoSuchVersion");

  /** Of a single key of a request, the others of which may have been deleted. */
  private static final Set<String> PASSING =
      Set.of(
          "SlowDown",
          "InternalError",
          "ServiceUnavailable",
          "RequestTimeout",
          "OperationAborted",
          "Throttling",
          "ThrottlingException",
          "RequestLimitExceeded",
          "BandwidthLimitExceeded");

  private S3Errors() {}

  /** The code of an error; {@code status} and the number if S3 sent none. */
  static String code(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    return details == null || details.errorCode() == null || details.errorCode().isEmpty()
        ? "status " + error.statusCode()
        : details.errorCode();
  }

  static boolean isDenied(SdkException failure) {
    return failure instanceof AwsServiceException error && code(error).equals(ACCESS_DENIED);
  }

  static boolean isElsewhere(AwsServiceException error) {
    return error.statusCode() / 100 == 3 || ELSEWHERE.contains(code(error));
  }

  /** Tells whether an error says that what was to be deleted is not there. */
  static boolean isGone(String code) {
    return GONE.contains(code);
  }

  /** Tells whether the same key may be deleted a little later. */
  static boolean passes(String code) {
    return PASSING.contains(code);
  }
}
