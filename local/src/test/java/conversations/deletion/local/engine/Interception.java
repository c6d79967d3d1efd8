package conversations.deletion.local.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the calls of all ports that it is put before, and lets a test do something at one of them.
 * The real port behind is called in any case, unless the test throws before.
 */
final class Interception {

  private final List<String> calls = new ArrayList<>();
  private int at;
  private Runnable before = () -> {};
  private Runnable after = () -> {};

  /** Runs once, before the effect of the n-th call from now on, n from 1. */
  synchronized void before(int call, Runnable action) {
    at = calls.size() + call;
    before = action;
    after = () -> {};
  }

  /** Runs once, after the effect of the n-th call from now on, n from 1. */
  synchronized void after(int call, Runnable action) {
    at = calls.size() + call;
    before = () -> {};
    after = action;
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  <T> T of(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              boolean isIt = note(port.getSimpleName() + "." + method.getName());
              if (isIt) {
                before.run();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (isIt) {
                  after.run();
                }
              }
            }));
  }

  private synchronized boolean note(String call) {
    calls.add(call);
    return calls.size() == at;
  }
}
