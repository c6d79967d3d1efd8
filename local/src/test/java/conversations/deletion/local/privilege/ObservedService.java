package conversations.deletion.local.privilege;

import com.sun.net.httpserver.HttpServer;
import conversations.deletion.local.LocalOptions;
import conversations.deletion.local.Registrations;
import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.aws.Provisioning;
import conversations.deletion.local.embedded.EmbeddedServices;
import conversations.deletion.local.embedded.SesEndpoint;
import conversations.deletion.local.gateway.Gateway;
import conversations.deletion.local.invoke.FunctionInvoker;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.template.Account;
import conversations.deletion.local.template.FeedDefinition;
import conversations.deletion.local.template.FunctionDefinition;
import conversations.deletion.local.template.ScheduleDefinition;
import conversations.deletion.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The whole service, with a proxy between each function and the services of AWS: what a function
 * does is seen on the wire, and known to be that function's.
 */
final class ObservedService implements AutoCloseable {

  private static final String REGION = "eu-central-1";

  private final Optional<SesEndpoint> ses;
  private final AwsClients clients;
  private final Provisioning provisioning;
  private final Template template;
  private final Registrations registrations;
  private final Map<String, RecordingProxy> proxies = new HashMap<>();
  private final FunctionInvoker invoker;
  private final Gateway gateway;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  ObservedService(LocalOptions options) {
    Endpoints services =
        options.embedded().map(EmbeddedServices::endpoints).or(options::endpoints).orElseThrow();
    ses = options.embedded().map(EmbeddedServices::ses);
    clients = AwsClients.of(services, REGION);
    provisioning = new Provisioning(clients);
    Account account = new Account(provisioning.accountId(), REGION, options.stackName());
    template =
        Template.read(
            options.template(),
            options.parameters(),
            account,
            provisioning::queueUrl,
            provisioning::secretArn);
    provisioning.create(template);
    registrations = new Registrations(clients, template);
    String sender = template.parameter("SenderAddress");
    clients.ses().verifyEmailIdentity(request -> request.emailAddress(sender));
    UsesOfCalls usesOfCalls = new UsesOfCalls(account);
    for (FunctionDefinition function : template.functions()) {
      proxies.put(function.logicalId(), new RecordingProxy(services, usesOfCalls));
    }
    invoker = new ProxiedFunctions(options, REGION, id -> proxies.get(id).endpoints());
    gateway = new Gateway(template, invoker);
    server = serve();
  }

  private HttpServer serve() {
    try {
      HttpServer started = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      started.setExecutor(threads);
      started.createContext("/", gateway);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the API answers. */
  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Template template() {
    return template;
  }

  /** Clients that go past the proxies. */
  AwsClients clients() {
    return clients;
  }

  Registrations registrations() {
    return registrations;
  }

  /** The embedded SES, which can be made to fail; empty where another's is used. */
  Optional<SesEndpoint> ses() {
    return ses;
  }

  String queueUrl(String logicalId) {
    return provisioning.queueUrl(template.queueName(logicalId));
  }

  /** What the function of that logical id has used so far. */
  Set<Use> usedBy(String function) {
    RecordingProxy proxy = proxies.get(function);
    if (!proxy.notUnderstood().isEmpty()) {
      throw new AssertionError(function + " made calls like these: " + proxy.notUnderstood());
    }
    return proxy.used();
  }

  /** Lets DynamoDB take that much longer to answer the scheduled function from now on. */
  void slowDown(Duration longer) {
    proxies.get(template.schedule().functionId()).slowDown(longer);
  }

  /** Runs the scheduled function once, as its schedule would, and returns what it answers. */
  String tick() {
    return run(template.schedule());
  }

  /** Runs the function that keeps house once. */
  String keepHouse() {
    return run(template.housekeeping());
  }

  /**
   * Runs the function that a queue feeds once, with a message of that body, as Lambda would that
   * has received it.
   */
  void feed(String body) {
    FeedDefinition feed = template.feeds().getFirst();
    run(
        feed.functionId(),
        """
        {"Records":[{"messageId":"1","body":"%s","eventSourceARN":"%s"}]}\
        """
            .formatted(body.replace("\"", "\\\""), feed.arn()));
  }

  private String run(ScheduleDefinition schedule) {
    return run(schedule.functionId(), schedule.input());
  }

  private String run(String function, String input) {
    byte[] event = input.getBytes(StandardCharsets.UTF_8);
    return switch (invoker.invoke(template.function(function), event)) {
      case InvocationResult.Success success -> success.text();
      case InvocationResult.FunctionError error ->
          throw new AssertionError("the run failed: " + error);
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    gateway.close();
    invoker.close();
    proxies.values().forEach(RecordingProxy::close);
    provisioning.delete(template);
    clients.close();
  }
}
