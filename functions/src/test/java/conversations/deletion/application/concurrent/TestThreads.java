package conversations.deletion.application.concurrent;

/** Threads that a test waits for. */
public final class TestThreads {

  private TestThreads() {}

  /** Returns when a thread waits or has ended. */
  public static void awaitRest(Thread thread) {
    while (!isAtRest(thread.getState())) {
      Thread.onSpinWait();
    }
  }

  private static boolean isAtRest(Thread.State state) {
    return switch (state) {
      case WAITING, TIMED_WAITING, TERMINATED -> true;
      case NEW, RUNNABLE, BLOCKED -> false;
    };
  }
}
