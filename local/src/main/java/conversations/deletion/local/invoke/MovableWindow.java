package conversations.deletion.local.invoke;

import conversations.deletion.local.template.FunctionDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs functions as they are, until the off-peak window is moved. Then they have another time zone
 * for it, as after an update of the stack.
 */
public final class MovableWindow implements FunctionInvoker {

  private static final String TIMEZONE = "OFF_PEAK_TIMEZONE";

  private final FunctionInvoker invoker;
  private volatile Optional<ZoneId> moved = Optional.empty();

  public MovableWindow(FunctionInvoker invoker) {
    this.invoker = invoker;
  }

  /** Gives the window this time zone, for all runs that begin from now on. */
  public void moveTo(ZoneId timezone) {
    moved = Optional.of(timezone);
    recycle();
  }

  @Override
  public InvocationResult invoke(FunctionDefinition function, byte[] event, Instant deadline) {
    return invoker.invoke(asMoved(function), event, deadline);
  }

  @Override
  public InvocationResult invoke(FunctionDefinition function, byte[] event) {
    return invoker.invoke(asMoved(function), event);
  }

  @Override
  public void recycle() {
    invoker.recycle();
  }

  @Override
  public void close() {
    invoker.close();
  }

  private FunctionDefinition asMoved(FunctionDefinition function) {
    Map<String, String> environment = new HashMap<>(function.environment());
    moved.ifPresent(timezone -> environment.computeIfPresent(TIMEZONE, (_, _) -> timezone.getId()));
    return new FunctionDefinition(
        function.logicalId(),
        function.name(),
        function.arn(),
        function.handler(),
        function.timeout(),
        function.memoryMb(),
        Map.copyOf(environment));
  }
}
