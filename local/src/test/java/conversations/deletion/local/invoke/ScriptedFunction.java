package conversations.deletion.local.invoke;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A function whose event says what it does. Runs in a process of its own. */
public final class ScriptedFunction
    implements RequestHandler<Map<String, String>, Map<String, Object>> {

  private int events;

  /** Fails if the environment says so. */
  public ScriptedFunction() {
    Optional.ofNullable(System.getenv("FAULT"))
        .ifPresent(
            fault -> {
              throw new IllegalStateException(fault);
            });
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, String> event, Context context) {
    events++;
    return switch (event.get("do")) {
      case "describe" -> description(context);
      case "return" -> Map.of("text", "x".repeat(Integer.parseInt(event.get("length"))));
      case "write" -> {
        System.out.println(event.get("text"));
        System.err.println(event.get("text") + " again");
        yield Map.of();
      }
      case "exit" -> throw exit(Integer.parseInt(event.get("status")));
      case "fail" -> throw new IllegalArgumentException(event.get("text"));
      case "exhaust" -> Map.of("bytes", exhaust());
      case "hang" -> hang();
      default -> throw new IllegalArgumentException("There is no such thing to do");
    };
  }

  private Map<String, Object> description(Context context) {
    return Map.of(
        "pid", ProcessHandle.current().pid(),
        "events", events,
        "environment", System.getenv(),
        "classPath", System.getProperty("java.class.path"),
        "folder", System.getProperty("user.dir"),
        "home", System.getProperty("user.home"),
        "maxHeap", Runtime.getRuntime().maxMemory(),
        "classLoader", getClass().getClassLoader().getClass().getName(),
        "context",
            Map.of(
                "functionName", context.getFunctionName(),
                "arn", context.getInvokedFunctionArn(),
                "remaining", context.getRemainingTimeInMillis(),
                "memory", context.getMemoryLimitInMB()));
  }

  private static RuntimeException exit(int status) {
    Runtime.getRuntime().halt(status);
    return new IllegalStateException("It has halted");
  }

  private static int exhaust() {
    List<byte[]> all = new ArrayList<>();
    while (true) {
      all.add(new byte[10_000_000]);
    }
  }

  private static Map<String, Object> hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Map.of();
  }
}
