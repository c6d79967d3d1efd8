package conversations.deletion.client.command;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {

  void pause(Duration length);
}
