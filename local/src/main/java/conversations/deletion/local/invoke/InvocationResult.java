package conversations.deletion.local.invoke;

import java.nio.charset.StandardCharsets;

/** What an invocation came to: a result, or the error that the function ended with. */
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
   * @param errorType class name of what it threw, or Lambda's own word
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">Errors of Java
   *     functions</a>
   */
  record FunctionError(String errorType, String errorMessage) implements InvocationResult {}
}
