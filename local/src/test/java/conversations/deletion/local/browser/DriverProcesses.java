package conversations.deletion.local.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The processes of one driver: its own, and those of the browser that it began. A driver that is
 * stuck, or dies, leaves the browser's behind.
 */
final class DriverProcesses {

  private static final Duration TO_END = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

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
        ProcessHandle.allProcesses()
            .filter(process -> isDriver(process, port) || isOfBrowser(process, profile))
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .distinct()
            .toList());
  }

  /** Another's process may have the same argument. */
  private static boolean isDriver(ProcessHandle process, int port) {
    return process.parent().filter(ProcessHandle.current()::equals).isPresent()
        && process
            .info()
            .arguments()
            .filter(arguments -> List.of(arguments).contains("--port=" + port))
            .isPresent();
  }

  private static boolean isOfBrowser(ProcessHandle process, Path profile) {
    return process.info().commandLine().filter(line -> line.contains(profile + "")).isPresent();
  }

  /** Ends those that have not ended by themselves, and waits a while until they are gone. */
  void end() {
    processes.forEach(ProcessHandle::destroyForcibly);
    Instant deadline = Instant.now().plus(TO_END);
    // Not by onExit: of a child that another waits for too, it may never tell.
    while (!alive().isEmpty() && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  List<ProcessHandle> alive() {
    return processes.stream().filter(ProcessHandle::isAlive).toList();
  }
}
