package conversations.deletion.local.invoke;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * An event that a function's process handles.
 *
 * @param outcome completes with the result
 * @param ended completes once the process can take another event, or has ended
 */
record Invocation(
    String requestId,
    String functionArn,
    byte[] event,
    Instant deadline,
    CompletableFuture<InvocationResult> outcome,
    CompletableFuture<Void> ended) {

  static Invocation of(String functionArn, byte[] event, Instant deadline) {
    return new Invocation(
        UUID.randomUUID().toString(),
        functionArn,
        event,
        deadline,
        new CompletableFuture<>(),
        new CompletableFuture<>());
  }
}
