package conversations.deletion.local.invoke;

import conversations.deletion.local.template.FunctionDefinition;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs functions in this JVM. An instance serves one event at a time and is kept for the next one,
 * as Lambda keeps an execution environment. Events that arrive at the same time get an instance
 * each. A run that reaches its deadline is interrupted, and its instance is discarded. Unlike on
 * Lambda, a function that ignores the interrupt goes on.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">Execution
 *     environment life cycle</a>
 */
public final class InProcessInvoker implements FunctionInvoker {

  private final HandlerFactory handlers;
  private final PrintStream log;
  private final Map<String, Deque<LoadedHandler>> idle = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("function-", 0).factory());

  /**
   * An invoker that has started no function yet.
   *
   * @param log takes the lines that functions write to the logger of their context
   */
  public InProcessInvoker(HandlerFactory handlers, PrintStream log) {
    this.handlers = handlers;
    this.log = log;
  }

  @Override
  public InvocationResult invoke(FunctionDefinition function, byte[] event, Instant deadline) {
    Duration limit = Duration.between(Instant.now(), deadline);
    Future<InvocationResult> run = threads.submit(() -> run(function, event, deadline));
    try {
      return run.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      run.cancel(true);
      return InvocationResult.FunctionError.timedOut(limit);
    } catch (InterruptedException e) {
      run.cancel(true);
      Thread.currentThread().interrupt();
      return InvocationResult.FunctionError.exited("the caller was interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void recycle() {
    idle.clear();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    recycle();
  }

  private InvocationResult run(FunctionDefinition function, byte[] event, Instant deadline) {
    FunctionOutput.belongsTo(function.logicalId());
    Deque<LoadedHandler> instances =
        idle.computeIfAbsent(function.logicalId(), id -> new ConcurrentLinkedDeque<>());
    try {
      LoadedHandler warm = instances.pollFirst();
      LoadedHandler instance = warm != null ? warm : start(function);
      LocalContext context =
          new LocalContext(UUID.randomUUID().toString(), function, deadline, log);
      InvocationResult result = instance.handle(event, context);
      if (Instant.now().isBefore(deadline)) {
        instances.addFirst(instance);
      }
      return result;
    } catch (ReflectiveOperationException e) {
      Throwable cause = e.getCause() != null ? e.getCause() : e;
      return new InvocationResult.FunctionError(cause.getClass().getName(), cause.getMessage());
    }
  }

  private LoadedHandler start(FunctionDefinition function) throws ReflectiveOperationException {
    HandlerName handler = HandlerName.parse(function.handler());
    return new LoadedHandler(handlers.create(handler.className(), function.environment()), handler);
  }
}
