package conversations.deletion.local.invoke;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;

/**
 * Makes handlers as their no-argument constructors do on Lambda, except for where the environment
 * comes from: a wiring class is constructed with it, and its public method without parameters that
 * returns the handler's class is called.
 */
public final class WiredHandlers implements HandlerFactory {

  private final String wiring;

  /** Handlers out of the wiring of the functions. */
  public WiredHandlers() {
    this("conversations.deletion.config.Wiring");
  }

  WiredHandlers(String wiring) {
    this.wiring = wiring;
  }

  @Override
  public Object create(String className, Map<String, String> environment)
      throws ReflectiveOperationException {
    var handler = Class.forName(className);
    var type = Class.forName(wiring);
    var maker =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getReturnType().equals(handler))
            .filter(method -> method.getParameterCount() == 0)
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .findFirst()
            .orElseThrow(
                () -> new NoSuchMethodException("%s makes no %s".formatted(wiring, className)));
    return maker.invoke(type.getConstructor(Map.class).newInstance(environment));
  }
}
