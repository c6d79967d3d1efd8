package conversations.deletion.local.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Notes the calls of all ports that it wraps, and lets a test do something at one of them. The real
 * port is always called, unless the test throws first.
 *
 * <p>A call's name is that of its port and method, such as {@code Bots.find}.
 */
final class Interception {

  private final List<String> calls = new ArrayList<>();
  private Optional<Hook> hook = Optional.empty();
  private int remaining;

  private record Hook(String call, Runnable before, Runnable after) {}

  /** Runs once, before the effect of the n-th call of that name from now on, n from 1. */
  void before(String call, int nth, Runnable action) {
    hook(new Hook(call, action, () -> {}), nth);
  }

  /** Runs once, after the effect of the n-th call of that name from now on, n from 1. */
  void after(String call, int nth, Runnable action) {
    hook(new Hook(call, () -> {}, action), nth);
  }

  private synchronized void hook(Hook next, int nth) {
    hook = Optional.of(next);
    remaining = nth;
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
              Optional<Hook> due = note(port.getSimpleName() + "." + method.getName());
              due.map(Hook::before).ifPresent(Runnable::run);
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                due.map(Hook::after).ifPresent(Runnable::run);
              }
            }));
  }

  private synchronized Optional<Hook> note(String call) {
    calls.add(call);
    return hook.filter(one -> one.call().equals(call) && --remaining == 0);
  }
}
