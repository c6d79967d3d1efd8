package conversations.deletion.local.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The processes of one driver: its own, and those of the browser that it began. A driver that is
 * stuck, or dies, leaves the browser's behind.
 */
final class DriverProcesses {

  private static final Duration TO_END = Duration.ofSeconds(10);

  private final List<ProcessHandle> processes;

  private DriverProcesses(List<ProcessHandle> processes) {
    this.processes = processes;
  }

  /**
   * Those of the driver that listens at that port, and of the browser that uses that profile: once
   * the driver has gone, its browser is nobody's child any more.
   */
  static DriverProcesses of(int port, Path profile) {
    return new DriverProcesses(
        Stream.concat(
                ProcessHandle.current()
                    .children()
                    .filter(process -> names(process, "--port=" + port)),
                ProcessHandle.allProcesses().filter(process -> names(process, profile + "")))
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .distinct()
            .toList());
  }

  private static boolean names(ProcessHandle process, String part) {
    return process.info().commandLine().map(line -> line.contains(part)).orElse(false);
  }

  /** Ends those that have not ended by themselves. */
  void end() {
    processes.forEach(ProcessHandle::destroyForcibly);
    try {
      CompletableFuture.allOf(
              processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(TO_END.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a browser's process does not end", e);
    }
  }

  List<ProcessHandle> alive() {
    return processes.stream().filter(ProcessHandle::isAlive).toList();
  }
}
