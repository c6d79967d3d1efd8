package conversations.deletion.client.failure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tells the person who gave a command why it could not be done. */
public final class Failure extends RuntimeException {

  private final ExitStatus status;
  private final String remedy;
  private final List<String> details;
  private final Optional<String> document;
  private final Optional<Duration> retryAfter;

  /**
   * A failure without a cause.
   *
   * @param wrong what is wrong, in one line
   * @param remedy what to do, in one line
   */
  public Failure(ExitStatus status, String wrong, String remedy) {
    this(status, wrong, remedy, null);
  }

  public Failure(ExitStatus status, String wrong, String remedy, Throwable cause) {
    this(status, wrong, remedy, List.of(), Optional.empty(), Optional.empty(), cause);
  }

  private Failure(
      ExitStatus status,
      String wrong,
      String remedy,
      List<String> details,
      Optional<String> document,
      Optional<Duration> retryAfter,
      Throwable cause) {
    super(wrong, cause);
    this.status = status;
    this.remedy = remedy;
    this.details = details;
    this.document = document;
    this.retryAfter = retryAfter;
  }

  /**
   * A refusal that the service explained.
   *
   * @param details each fault, in one line
   * @param document the answer, unchanged
   * @param retryAfter when to try again, if the answer says so
   */
  public static Failure refused(
      ExitStatus status,
      String wrong,
      List<String> details,
      String remedy,
      String document,
      Optional<Duration> retryAfter) {
    return new Failure(status, wrong, remedy, details, Optional.of(document), retryAfter, null);
  }

  /** The same failure, with a better remedy. */
  public Failure withRemedy(String better) {
    return new Failure(status, getMessage(), better, details, document, retryAfter, this);
  }

  /** The failure that a person is shown for an exception. */
  public static Failure of(Exception exception) {
    return switch (exception) {
      case Failure failure -> failure;
      case AwsServiceException refusal when refusal.statusCode() >= 500 ->
          new Failure(ExitStatus.UNREACHABLE, text(refusal), "Try again in a minute.", refusal);
      case AwsServiceException refusal ->
          new Failure(ExitStatus.REFUSED, text(refusal), remedy(refusal), refusal);
      case SdkClientException unreachable ->
          new Failure(
              ExitStatus.UNREACHABLE,
              "AWS could not be reached: " + oneLine(unreachable.getMessage()),
              "Check --region, --profile and the network."
                  + " For credentials, use aws sso login or aws configure.",
              unreachable);
      default ->
          new Failure(
              ExitStatus.FAULT,
              "This program has a fault: " + exception,
              "Run the command again with --verbose, and report what it prints.",
              exception);
    };
  }

  public ExitStatus status() {
    return status;
  }

  /** What to do, in one line. */
  public String remedy() {
    return remedy;
  }

  /** Each fault that the service found, in one line. */
  public List<String> details() {
    return details;
  }

  /** The service's answer, unchanged. */
  public Optional<String> document() {
    return document;
  }

  /** When to try again, if the service said so. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  private static String text(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    return details == null
        ? "AWS refused: " + oneLine(refusal.getMessage())
        : "%s refused: %s (%s)"
            .formatted(details.serviceName(), oneLine(details.errorMessage()), details.errorCode());
  }

  private static String remedy(AwsServiceException refusal) {
    String code = refusal.awsErrorDetails() == null ? "" : refusal.awsErrorDetails().errorCode();
    return code.contains("AccessDenied") || code.contains("Unauthorized")
        ? "Ask for that permission, or give another --profile."
        : code.contains("Token") || code.contains("Signature") || code.contains("Credential")
            ? "Sign in to AWS again, or give another --profile."
            : "Check --stack, --region and --profile.";
  }

  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s+", " ").strip();
  }
}
