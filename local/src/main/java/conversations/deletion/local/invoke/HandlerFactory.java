package conversations.deletion.local.invoke;

import java.util.Map;

/** Makes a handler for a function that starts cold. */
@FunctionalInterface
public interface HandlerFactory {

  /** A new handler of that class, which sees only that environment. */
  Object create(String className, Map<String, String> environment)
      throws ReflectiveOperationException;
}
