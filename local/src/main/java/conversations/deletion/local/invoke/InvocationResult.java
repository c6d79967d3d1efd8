package conversations.deletion.local.invoke;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The outcome of an invocation: a result, or the error that ended the function. */
public sealed interface InvocationResult {

  /** The function returned this JSON. */
  record Success(byte[] payload) implements InvocationResult {

    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  /**
   * The function threw, ran into its time limit, or could not be started.
   *
   * @param errorType the class name of the exception, or Lambda's own error type
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">Errors of Java
   *     functions</a>
   */
  record FunctionError(String errorType, String errorMessage) implements InvocationResult {

    static final String TIMED_OUT = "Sandbox.Timedout";
    static final String EXITED = "Runtime.ExitError";

    static FunctionError timedOut(Duration limit) {
      return new FunctionError(
          TIMED_OUT,
          "Task timed out after %d.%02d seconds"
              .formatted(limit.toSeconds(), limit.toMillisPart() / 10));
    }

    static FunctionError exited(String how) {
      return new FunctionError(EXITED, "Runtime exited with error: " + how);
    }

    static FunctionError requestTooLarge() {
      return new FunctionError(
          "RequestTooLargeException",
          "Request must be smaller than %d bytes for the InvokeFunction operation"
              .formatted(FunctionInvoker.MAX_PAYLOAD_BYTES));
    }

    static FunctionError responseTooLarge() {
      return new FunctionError(
          "Function.ResponseSizeTooLarge",
          "Response payload size exceeded maximum allowed payload size (%d bytes)."
              .formatted(FunctionInvoker.MAX_PAYLOAD_BYTES));
    }
  }
}
