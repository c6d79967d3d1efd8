package conversations.deletion.local;

import com.sun.net.httpserver.HttpHandler;
import conversations.deletion.adapter.s3.AttachmentPrefix;
import conversations.deletion.client.sample.SampleWriter;
import conversations.deletion.client.sample.Seeder;
import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.aws.Provisioning;
import conversations.deletion.local.aws.SdkSettings;
import conversations.deletion.local.console.ConsolePage;
import conversations.deletion.local.embedded.EmbeddedServices;
import conversations.deletion.local.embedded.Mail;
import conversations.deletion.local.embedded.Mails;
import conversations.deletion.local.embedded.SesEndpoint;
import conversations.deletion.local.embedded.SesRelay;
import conversations.deletion.local.gateway.Gateway;
import conversations.deletion.local.gateway.GatewayServer;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.http.LocalRequestsOnly;
import conversations.deletion.local.invoke.DeployedPackage;
import conversations.deletion.local.invoke.FunctionInvoker;
import conversations.deletion.local.invoke.FunctionLogs;
import conversations.deletion.local.invoke.FunctionOutput;
import conversations.deletion.local.invoke.InProcessInvoker;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.invoke.MovableWindow;
import conversations.deletion.local.invoke.ProcessInvoker;
import conversations.deletion.local.invoke.WiredHandlers;
import conversations.deletion.local.output.PrivateFiles;
import conversations.deletion.local.sample.SampleAttachments;
import conversations.deletion.local.schedule.QueueFeed;
import conversations.deletion.local.schedule.Ticker;
import conversations.deletion.local.template.Account;
import conversations.deletion.local.template.FeedDefinition;
import conversations.deletion.local.template.FunctionDefinition;
import conversations.deletion.local.template.ScheduleDefinition;
import conversations.deletion.local.template.Template;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The whole deployed service on this machine: the template's tables and queues on embedded or given
 * services, its functions, and its API over HTTP. Functions in this process find the services by
 * the SDK's system properties. So only one instance can run in a JVM at a time.
 */
public final class LocalAws implements AutoCloseable {

  private static final String REGION = "eu-central-1";
  private static final AtomicBoolean RUNNING = new AtomicBoolean();

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Endpoints endpoints;
  private final AwsClients clients;
  private final Optional<SesEndpoint> ses;
  private final Mails mails;
  private final Template template;
  private final Registrations registrations;
  private final Seeder seeder;
  private final Optional<SampleAttachments> attachments;
  private final FunctionLogs logs = new FunctionLogs();
  private final PrintStream functionsOutput;
  private final Activity activity;
  private final MovableWindow invoker;
  private final DocsPage docsPage;
  private final URI baseUrl;

  private LocalAws(LocalOptions options) {
    try {
      opened.push(() -> RUNNING.set(false));
      activity = new Activity(options.terminal(), InstantSource.system());
      functionsOutput =
          options.functionsOutput().orElseGet(() -> opened(functionsLog(options.folder())));
      Optional<EmbeddedServices> embedded = embeddedServices(options);
      ses = embedded.map(EmbeddedServices::ses);
      if (embedded.isPresent()) {
        endpoints = embedded.get().endpoints();
        mails = embedded.get().ses();
      } else {
        Endpoints given = options.endpoints().orElseThrow();
        SesRelay relay = opened(SesRelay.to(given.ses()));
        endpoints = given.withSes(relay.endpoint());
        mails = relay;
      }
      clients = opened(AwsClients.of(endpoints, REGION));
      Provisioning provisioning = new Provisioning(clients);
      Account account = new Account(provisioning.accountId(), REGION, options.stackName());
      template =
          Template.read(
              options.template(),
              options.parameters(),
              account,
              provisioning::queueUrl,
              provisioning::secretArn);
      provisioning.create(template);
      opened.push(() -> provisioning.delete(template));
      // This resolves every resource, so a fault in the template shows now.
      template.outputs();
      verifySender();
      registrations = new Registrations(clients, template);
      seeder = seederOf(template, clients);
      attachments =
          template
              .attachmentsBucket()
              .map(
                  bucket ->
                      new SampleAttachments(
                          clients.s3(),
                          bucket,
                          new AttachmentPrefix(template.parameter("AttachmentsPrefix"))));
      invoker =
          opened(
              new MovableWindow(
                  options.ownProcesses() ? inOwnProcesses(options) : inThisProcess()));
      docsPage = new DocsPage(options.template().resolveSibling("docs/openapi.yaml"));
      baseUrl = serve(options.listening(), options.port(), options.ticking());
      template.feeds().forEach(this::feed);
      if (options.ticking()) {
        opened(Ticker.start(template.schedule(), minute -> runScheduled(minute)));
        opened(Ticker.start(template.housekeeping(), this::keepHouse));
      }
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  /** Starts embedded services that stacks can share, on the loopback interface. */
  public static EmbeddedServices embeddedServices(Path mails) {
    return EmbeddedServices.start(Listening.HERE, embeddedAccount(), mails);
  }

  /**
   * Starts everything. When this returns, the service answers requests.
   *
   * @throws IllegalStateException if an instance already runs in this JVM
   */
  public static LocalAws start(LocalOptions options) {
    if (!RUNNING.compareAndSet(false, true)) {
      throw new IllegalStateException("LocalAws already runs in this JVM");
    }
    return new LocalAws(options);
  }

  /** The API's base URL, without a slash at the end. */
  public URI baseUrl() {
    return baseUrl;
  }

  public Template template() {
    return template;
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  public AwsClients clients() {
    return clients;
  }

  public Registrations registrations() {
    return registrations;
  }

  /** Writes sample records; it refuses to where the table is a platform's. */
  public Seeder seeder() {
    return seeder;
  }

  /** Gives conversations attachments; empty where the stack has no bucket. */
  public Optional<SampleAttachments> attachments() {
    return attachments;
  }

  /** Runs the functions. */
  public FunctionInvoker invoker() {
    return invoker;
  }

  /** The lines that the functions wrote. */
  public FunctionLogs logs() {
    return logs;
  }

  /** The API's description as a page, at the API's root. */
  public DocsPage docsPage() {
    return docsPage;
  }

  /** The embedded SES, which can be made to fail; empty where another SES is used. */
  public Optional<SesEndpoint> ses() {
    return ses;
  }

  /** The mails accepted so far, oldest first. */
  public List<Mail> mails() {
    return mails.mails();
  }

  /** The name of the table that has this logical id in the template. */
  public String tableName(String logicalId) {
    return template.tableName(logicalId);
  }

  /** The URL of the queue that has this logical id in the template. */
  public String queueUrl(String logicalId) {
    return new Provisioning(clients).queueUrl(template.queueName(logicalId));
  }

  /** Runs the scheduled function once, now, as its schedule would, and waits for its end. */
  public InvocationResult tick() {
    return tick(Instant.now().plus(scheduledFunction().timeout()));
  }

  /** Runs the scheduled function once, now, and ends it by force at the deadline. */
  public InvocationResult tick(Instant deadline) {
    Instant now = Instant.now();
    InvocationResult result =
        invoker.invoke(
            scheduledFunction(), scheduledInput(now.truncatedTo(ChronoUnit.MINUTES)), deadline);
    activity.ran(now, result);
    return result;
  }

  /**
   * Moves the off-peak window to another time zone, as an update of the stack's parameter does. The
   * schedule stays as it is.
   */
  public void moveWindow(ZoneId timezone) {
    invoker.moveTo(timezone);
  }

  /** Runs the function that keeps house once, now, as its schedule would, and waits for its end. */
  public InvocationResult keepHouse() {
    return keepHouse(Instant.now().truncatedTo(ChronoUnit.MINUTES));
  }

  private InvocationResult keepHouse(Instant minute) {
    ScheduleDefinition schedule = template.housekeeping();
    return invoker.invoke(template.function(schedule.functionId()), input(schedule, minute));
  }

  @Override
  public void close() {
    IllegalStateException failures = new IllegalStateException("Some parts could not be closed");
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        failures.addSuppressed(e);
      }
    }
    if (failures.getSuppressed().length > 0) {
      throw failures;
    }
  }

  private void closeAfter(RuntimeException failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private Optional<EmbeddedServices> embeddedServices(LocalOptions options) {
    if (options.embedded().isPresent() || options.endpoints().isPresent()) {
      return options.embedded();
    }
    Path mails = options.folder().resolve("mails");
    // Containers call these services too. They are let in by all interfaces alone.
    Listening listening = options.listening().isEverywhere() ? options.listening() : Listening.HERE;
    return Optional.of(opened(EmbeddedServices.start(listening, embeddedAccount(), mails)));
  }

  private FunctionInvoker inOwnProcesses(LocalOptions options) {
    return new ProcessInvoker(
        DeployedPackage.of(options.template()),
        options.folder(),
        SdkSettings.environment(endpoints, REGION),
        logs,
        functionsOutput);
  }

  /** What functions write goes to a file and to the console page, and not to the terminal. */
  private static PrintStream functionsLog(Path folder) {
    try {
      Files.createDirectories(folder);
      return new PrintStream(
          PrivateFiles.open(folder.resolve("functions.log")), true, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FunctionInvoker inThisProcess() {
    opened.push(setProperties(SdkSettings.systemProperties(endpoints, REGION)));
    opened.push(FunctionOutput.replaceStandardOutput(logs, functionsOutput));
    return new InProcessInvoker(new WiredHandlers(), functionsOutput);
  }

  private static Account embeddedAccount() {
    return new Account("000000000000", REGION, "embedded");
  }

  private static Seeder seederOf(Template template, AwsClients clients) {
    if (!template.parameter("ExistingRecordsTable").isEmpty()) {
      return _ -> {
        throw new IllegalArgumentException("Sample records go only into a table of the stack");
      };
    }
    return new SampleWriter(
        clients.dynamoDb(),
        template.tableName("ConversationRecordsTable"),
        template.tableName("ChannelUsersTable"),
        InstantSource.system(),
        1);
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  private void verifySender() {
    String address = template.parameter("SenderAddress");
    String domain = address.substring(address.indexOf('@') + 1);
    clients.ses().verifyDomainIdentity(request -> request.domain(domain));
  }

  private static AutoCloseable setProperties(Map<String, String> properties) {
    HashMap<String, String> before = new HashMap<String, String>();
    properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    return () ->
        before.forEach(
            (name, value) -> {
              if (value == null) {
                System.clearProperty(name);
              } else {
                System.setProperty(name, value);
              }
            });
  }

  private URI serve(Listening listening, int port, boolean ticking) {
    Gateway gateway = opened(new Gateway(template, invoker));
    GatewayServer server =
        opened(new GatewayServer(new InetSocketAddress(listening.host(), port), gateway));
    LocalRequestsOnly fromThisMachine = LocalRequestsOnly.fromThisMachine(listening);
    server.handle(
        "/",
        exchange -> {
          boolean isPage = DocsPage.isPage(exchange) && fromThisMachine.admits(exchange);
          (isPage ? docsPage : gateway).handle(exchange);
        },
        activity);
    ConsolePage console = new ConsolePage(clients, template, mails, logs, ticking);
    LocalControls controls = new LocalControls(this);
    Map.<String, HttpHandler>of(
            "/_local/",
            exchange -> (ConsolePage.isPage(exchange) ? console : controls).handle(exchange),
            ConsolePage.FOLDER,
            console,
            DocsPage.FOLDER,
            docsPage)
        .forEach((path, handler) -> server.handle(path, handler, fromThisMachine));
    return URI.create("http://" + listening.inUrl() + ":" + server.start());
  }

  private void feed(FeedDefinition feed) {
    FunctionDefinition fed = template.function(feed.functionId());
    String url = new Provisioning(clients).queueUrl(feed.queue());
    opened(QueueFeed.start(feed, clients.sqs(), url, event -> invoker.invoke(fed, event)));
  }

  private void runScheduled(Instant minute) {
    Instant now = Instant.now();
    activity.ran(now, invoker.invoke(scheduledFunction(), scheduledInput(minute)));
  }

  private FunctionDefinition scheduledFunction() {
    return template.function(template.schedule().functionId());
  }

  private byte[] scheduledInput(Instant minute) {
    return input(template.schedule(), minute);
  }

  private static byte[] input(ScheduleDefinition schedule, Instant minute) {
    return schedule
        .input()
        .replace("<aws.scheduler.scheduled-time>", minute.toString())
        .getBytes(StandardCharsets.UTF_8);
  }
}
