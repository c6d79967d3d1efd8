package conversations.deletion.application.concurrent;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {

  /** Returns when this much time has passed. */
  void of(Duration duration) throws InterruptedException;
}
