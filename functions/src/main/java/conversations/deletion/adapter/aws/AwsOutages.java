package conversations.deletion.adapter.aws;

import conversations.deletion.application.port.Outages;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Tells outages from other failures by the exceptions of the AWS SDK. */
public final class AwsOutages implements Outages {

  /**
   * Errors of DynamoDB, and the last two of S3, that pass by themselves, and that the SDK does not
   * count as throttling.
   */
  private static final Set<String> PASSING =
      Set.of(
          "ThrottlingError",
          "ProvisionedThroughputExceeded",
          "TransactionConflict",
          "TransactionConflictException",
          "TransactionInProgressException",
          "ReplicatedWriteConflictException",
          "RequestTimeout",
          "OperationAborted");

  /** Errors in a request itself (Common Errors of DynamoDB, Error Responses of S3). */
  private static final Set<String> OF_REQUEST =
      Set.of(
          "ValidationException",
          "ValidationError",
          "SerializationException",
          "ItemCollectionSizeLimitExceededException",
          "TransactionCanceledException",
          "ConditionalCheckFailedException",
          "InvalidArgument",
          "InvalidRequest",
          "KeyTooLongError",
          "MalformedXML");

  /**
   * What DynamoDB says in a {@code ValidationException} about a query of an index that is missing
   * or is still being built. An operator has to mend that; the request is right.
   */
  private static final List<String> OF_INDEX =
      List.of("does not have the specified index", "backfilling global secondary index");

  @Override
  public boolean isOutage(Throwable failure) {
    return switch (failure) {
      case TransactionCanceledException cancelled -> isPassing(cancelled);
      case SdkServiceException answered ->
          answered.statusCode() >= 500
              || answered.isThrottlingException()
              || PASSING.contains(errorCode(answered));
      case SdkClientException _ -> true;
      case null, default -> false;
    };
  }

  /**
   * All failures of the SDK are outside but those that DynamoDB, S3 or the SDK find in the request
   * itself.
   */
  @Override
  public boolean isOutside(Throwable failure) {
    return isOutage(failure)
        || failure instanceof SdkServiceException answered
            && (!OF_REQUEST.contains(errorCode(answered)) || isOfIndex(answered));
  }

  private static boolean isOfIndex(SdkServiceException answered) {
    String message = Objects.requireNonNullElse(answered.getMessage(), "");
    return OF_INDEX.stream().anyMatch(message::contains);
  }

  private static boolean isPassing(TransactionCanceledException cancelled) {
    return cancelled.cancellationReasons().stream()
        .map(CancellationReason::code)
        .anyMatch(PASSING::contains);
  }

  private static String errorCode(SdkServiceException answered) {
    if (answered instanceof AwsServiceException aws) {
      AwsErrorDetails details = aws.awsErrorDetails();
      return details == null || details.errorCode() == null ? "" : details.errorCode();
    }
    return "";
  }
}
