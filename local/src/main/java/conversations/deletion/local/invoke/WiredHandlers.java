package conversations.deletion.local.invoke;

import java.util.Map;

/**
 * Makes handlers as their no-argument constructors do on Lambda. Only the environment comes from
 * elsewhere: this constructs a wiring with it, and the handler with the wiring.
 */
public final class WiredHandlers implements HandlerFactory {

  private final String wiring;

  /** Makes handlers with the functions' own wiring. */
  public WiredHandlers() {
    this("conversations.deletion.config.Wiring");
  }

  WiredHandlers(String wiring) {
    this.wiring = wiring;
  }

  @Override
  public Object create(String className, Map<String, String> environment)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(wiring);
    return Class.forName(className)
        .getConstructor(type)
        .newInstance(type.getConstructor(Map.class).newInstance(environment));
  }
}
