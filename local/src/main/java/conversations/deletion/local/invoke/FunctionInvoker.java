package conversations.deletion.local.invoke;

import conversations.deletion.local.template.FunctionDefinition;
import java.time.Instant;

/**
 * Runs a function as Lambda's synchronous Invoke does. Each implementation decides what the
 * function runs in.
 */
public interface FunctionInvoker extends AutoCloseable {

  /**
   * The maximum size of an event or a result, in bytes.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
   *     quotas</a>
   */
  int MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

  /**
   * Runs the function once and waits for its end.
   *
   * @param event JSON
   * @param deadline when the run is ended by force; the function's context tells how much time is
   *     left
   */
  InvocationResult invoke(FunctionDefinition function, byte[] event, Instant deadline);

  /** Runs the function once, for no longer than its time limit. */
  default InvocationResult invoke(FunctionDefinition function, byte[] event) {
    return invoke(function, event, Instant.now().plus(function.timeout()));
  }

  /** Discards every idle instance, so that the next event of each function meets a cold start. */
  void recycle();

  @Override
  void close();
}
