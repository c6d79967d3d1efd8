package conversations.deletion.local.invoke;

import conversations.deletion.local.template.FunctionDefinition;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs functions as Lambda does: from the deployed files, each in a JVM of its own. AWS's runtime
 * client starts them with the handler string, the environment and the memory of the template. A
 * process serves one event at a time and is kept for the next one. Events that arrive at the same
 * time get a process each. A process that reaches its deadline is ended by force, and one that has
 * ended is replaced. A time limit begins once a process is ready.
 *
 * <p>Unlike on Lambda, a function has at most 8 processes. Further events wait for one, and no
 * process is frozen between events. A process that was idle for 5 minutes is ended. Closing this
 * invoker ends all of them. If this JVM is killed, each process ends by itself at the end of its
 * event.
 */
public final class ProcessInvoker implements FunctionInvoker {

  private static final int MOST_PROCESSES = 8;
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final RuntimeFiles files;
  private final LambdaJvm jvm;
  private final FunctionLogs logs;
  private final PrintStream terminal;
  private final Map<String, ProcessPool> pools = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());

  /**
   * An invoker that has started no function yet.
   *
   * @param folder holds the files that the processes need, for as long as this is open
   * @param services settings that point the functions' clients to the services here
   * @param logs keeps the lines that functions write
   * @param terminal shows these lines
   */
  public ProcessInvoker(
      DeployedPackage deployed,
      Path folder,
      Map<String, String> services,
      FunctionLogs logs,
      PrintStream terminal) {
    this(deployed, folder, services, logs, terminal, KEPT);
  }

  ProcessInvoker(
      DeployedPackage deployed,
      Path folder,
      Map<String, String> services,
      FunctionLogs logs,
      PrintStream terminal,
      Duration kept) {
    this.files = RuntimeFiles.unpack(deployed, folder);
    this.jvm = new LambdaJvm(files, services);
    this.logs = logs;
    this.terminal = terminal;
    timer.scheduleWithFixedDelay(
        () -> endIdle(Instant.now().minus(kept)),
        kept.toMillis(),
        Math.ceilDiv(kept.toMillis(), 10),
        TimeUnit.MILLISECONDS);
  }

  /**
   * Tells whether AWS's runtime client runs on this machine. Its native part exists for Linux only.
   */
  public static boolean runsHere() {
    return RuntimeFiles.areThereForThisMachine();
  }

  @Override
  public InvocationResult invoke(FunctionDefinition function, byte[] event, Instant deadline) {
    return invoke(function, event, () -> deadline);
  }

  @Override
  public InvocationResult invoke(FunctionDefinition function, byte[] event) {
    return invoke(function, event, () -> Instant.now().plus(function.timeout()));
  }

  /**
   * @param deadline is evaluated once a process is ready
   */
  private InvocationResult invoke(
      FunctionDefinition function, byte[] event, Supplier<Instant> deadline) {
    if (event.length > MAX_PAYLOAD_BYTES) {
      return InvocationResult.FunctionError.requestTooLarge();
    }
    try {
      return pools
          .computeIfAbsent(function.logicalId(), id -> new ProcessPool(this::start, MOST_PROCESSES))
          .invoke(function, event, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return InvocationResult.FunctionError.exited("the caller was interrupted");
    } catch (IOException e) {
      return new InvocationResult.FunctionError("Runtime.InvalidEntrypoint", e.getMessage());
    }
  }

  @Override
  public void recycle() {
    endIdle(Instant.now());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    pools.values().forEach(ProcessPool::close);
    files.close();
  }

  private FunctionProcess start(FunctionDefinition function) throws IOException {
    return FunctionProcess.start(function, jvm, line -> keep(function, line));
  }

  private void keep(FunctionDefinition function, String line) {
    logs.add(new FunctionLogs.Line(Instant.now(), function.logicalId(), line));
    terminal.println(line);
  }

  private void endIdle(Instant since) {
    pools.values().forEach(pool -> pool.endIdle(since));
  }
}
