package conversations.deletion.local.invoke;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One event on its way through a function's process.
 *
 * @param outcome what it comes to
 * @param ended done once the process can take another event, or is no more
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
