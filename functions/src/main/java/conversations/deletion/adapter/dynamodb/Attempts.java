package conversations.deletion.adapter.dynamodb;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Requests that DynamoDB asks to be sent again, where the SDK does not. */
final class Attempts {

  private Attempts() {}

  /**
   * Waits between two of them.
   *
   * @throws SdkClientException if the thread is interrupted; it stays marked as that
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
