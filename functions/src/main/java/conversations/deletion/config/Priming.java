package conversations.deletion.config;

import conversations.deletion.application.port.OperatorLog;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Work that a function does before Lambda takes the snapshot from which its instances start
 * (SnapStart). They then find classes loaded and clients in use.
 *
 * <p>If it fails, the snapshot is taken without it.
 */
final class Priming implements Resource {

  /**
   * Keeps registered work reachable, because nothing else does: the context holds it only weakly.
   */
  private static final Queue<Priming> REGISTERED = new ConcurrentLinkedQueue<>();

  private final Runnable work;
  private final OperatorLog log;

  Priming(Runnable work, OperatorLog log) {
    this.work = work;
    this.log = log;
  }

  /** Has the work done before a snapshot is taken. If none is taken, it is never done. */
  void register(Map<String, String> environment) {
    if ("snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
      REGISTERED.add(this);
      Core.getGlobalContext().register(this);
    }
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.warn("not_primed", Map.of(), e);
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Clients renew credentials and connections by themselves.
  }
}
