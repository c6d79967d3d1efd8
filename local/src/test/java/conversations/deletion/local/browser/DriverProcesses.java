package conversations.deletion.local.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The processes of one driver: its own, and those of the browser that it started. A driver that
 * hangs or dies leaves the browser's processes behind.
 */
final class DriverProcesses {

  private static final Duration TO_END = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final List<ProcessHandle> processes;

  private DriverProcesses(List<ProcessHandle> processes) {
    this.processes = processes;
  }

  /**
   * The processes of the driver that listens at this port, and of the browser that uses this
   * profile. The profile is needed because a browser is no longer a child of a driver that has
   * gone.
   */
  static DriverProcesses of(int port, Path profile) {
    return new DriverProcesses(
        ProcessHandle.allProcesses()
            .filter(process -> isDriver(process, port) || isOfBrowser(process, profile))
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .distinct()
            .toList());
  }

  /**
   * Tells whether this is the driver. A process that another program started may have the same
   * argument.
   */
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
    // This does not use onExit: it may never report a child for which another process waits too.
    while (!alive().isEmpty() && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  List<ProcessHandle> alive() {
    return processes.stream().filter(ProcessHandle::isAlive).toList();
  }
}
