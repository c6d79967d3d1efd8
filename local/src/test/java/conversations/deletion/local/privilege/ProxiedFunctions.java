package conversations.deletion.local.privilege;

import conversations.deletion.local.LocalOptions;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.aws.SdkSettings;
import conversations.deletion.local.invoke.DeployedPackage;
import conversations.deletion.local.invoke.FunctionInvoker;
import conversations.deletion.local.invoke.FunctionLogs;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.invoke.ProcessInvoker;
import conversations.deletion.local.template.FunctionDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The functions in processes of their own, each of which knows AWS by endpoints of its own. As on
 * Lambda, a cold start does not count to a function's time limit.
 */
final class ProxiedFunctions implements FunctionInvoker {

  private static final Duration COLD_START = Duration.ofMinutes(1);

  private final LocalOptions options;
  private final String region;
  private final Function<String, Endpoints> endpoints;
  private final Map<String, ProcessInvoker> invokers = new ConcurrentHashMap<>();

  /**
   * @param endpoints where a function finds AWS, by its logical id
   */
  ProxiedFunctions(LocalOptions options, String region, Function<String, Endpoints> endpoints) {
    this.options = options;
    this.region = region;
    this.endpoints = endpoints;
  }

  @Override
  public InvocationResult invoke(FunctionDefinition function, byte[] event, Instant deadline) {
    return invokers
        .computeIfAbsent(function.logicalId(), this::invoker)
        .invoke(function, event, deadline.plus(COLD_START));
  }

  private ProcessInvoker invoker(String function) {
    return new ProcessInvoker(
        DeployedPackage.of(options.template()),
        options.folder(),
        SdkSettings.environment(endpoints.apply(function), region),
        new FunctionLogs(),
        System.out);
  }

  @Override
  public void recycle() {
    invokers.values().forEach(ProcessInvoker::recycle);
  }

  @Override
  public void close() {
    invokers.values().forEach(ProcessInvoker::close);
  }
}
