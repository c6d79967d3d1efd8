package conversations.deletion.local.invoke;

import conversations.deletion.local.invoke.InvocationResult.FunctionError;
import conversations.deletion.local.template.FunctionDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A function in a process of its own, which serves one event at a time. */
final class FunctionProcess {

  /** Longer than Lambda's 10 s, because processes here share a desktop's processors. */
  private static final Duration INITIALISATION = Duration.ofSeconds(60);

  private final FunctionDefinition function;
  private final Consumer<String> log;
  private final RuntimeApi api;
  private final Instant startedAt = Instant.now();
  private final Process process;
  private volatile Instant idleSince = startedAt;

  private FunctionProcess(FunctionDefinition function, LambdaJvm jvm, Consumer<String> log)
      throws IOException {
    this.function = function;
    this.log = log;
    this.api = new RuntimeApi();
    try {
      this.process = jvm.start(function, api.address());
    } catch (IOException e) {
      api.close();
      throw e;
    }
  }

  /**
   * @param log takes the lines that the function writes, and those that Lambda would add
   * @throws IOException if no process can be started
   */
  static FunctionProcess start(FunctionDefinition function, LambdaJvm jvm, Consumer<String> log)
      throws IOException {
    FunctionProcess started = new FunctionProcess(function, jvm, log);
    Thread.ofPlatform().daemon().name("log-of-" + function.name()).start(started::readOutput);
    started.process.onExit().thenAccept(started::hasExited);
    return started;
  }

  /**
   * Lets the function handle an event, and ends the process at the deadline.
   *
   * @param deadline is evaluated once the process is ready
   */
  InvocationResult invoke(byte[] event, Supplier<Instant> deadline) throws InterruptedException {
    Instant given = Instant.now();
    try {
      await(api.initialised(), given.plus(INITIALISATION));
      return handle(event, given, deadline.get());
    } catch (TimeoutException e) {
      end();
      return FunctionError.timedOut(INITIALISATION);
    } catch (InterruptedException e) {
      end();
      throw e;
    }
  }

  private InvocationResult handle(byte[] event, Instant given, Instant deadline)
      throws InterruptedException {
    Instant begin = Instant.now();
    Invocation invocation = Invocation.of(function.arn(), event, deadline);
    api.offer(invocation);
    InvocationResult result;
    try {
      result = await(invocation.outcome(), deadline);
      // The runtime asks for the next event, or exits. Only then is it known whether the process
      // can be used again.
      await(invocation.ended(), deadline);
    } catch (TimeoutException e) {
      result =
          invocation.outcome().getNow(FunctionError.timedOut(Duration.between(begin, deadline)));
      end();
    }
    idleSince = Instant.now();
    report(invocation.requestId(), result, given, begin);
    return result;
  }

  /** Tells whether it can take an event. */
  boolean isUsable() {
    return !api.hasEnded();
  }

  /** The moment at which it last became idle. */
  Instant idleSince() {
    return idleSince;
  }

  /** Ends it at once, even while it handles an event. */
  void end() {
    process.destroyForcibly();
    api.end(FunctionError.exited("signal: killed"));
    api.close();
  }

  private static <T> T await(CompletableFuture<T> future, Instant deadline)
      throws InterruptedException, TimeoutException {
    try {
      return future.get(Duration.between(Instant.now(), deadline).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void hasExited(Process ended) {
    api.end(FunctionError.exited("exit status " + ended.exitValue()));
    api.close();
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(log);
    } catch (IOException | UncheckedIOException e) {
      log.accept("The output of %s can no longer be read: %s".formatted(function.name(), e));
    }
  }

  private void report(String requestId, InvocationResult result, Instant given, Instant begin) {
    Instant ready = api.initialised().join();
    log.accept(
        new PlatformReport(
                idleSince,
                requestId,
                result,
                Duration.between(begin, idleSince),
                ready.isAfter(given)
                    ? Optional.of(Duration.between(startedAt, ready))
                    : Optional.empty())
            .line());
  }
}
