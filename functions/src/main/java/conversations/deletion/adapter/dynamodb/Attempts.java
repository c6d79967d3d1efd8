package conversations.deletion.adapter.dynamodb;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Repeats of requests that DynamoDB asks for and the SDK does not make. */
final class Attempts {

  private Attempts() {}

  /**
   * Waits between two attempts.
   *
   * @throws SdkClientException if the thread is interrupted; it stays marked as interrupted
   */
  static void pause(Duration delay) {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SdkClientException.create("interrupted between attempts", e);
    }
  }
}
