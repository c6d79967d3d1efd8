package conversations.deletion.local;

import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.embedded.EmbeddedServices;
import conversations.deletion.local.invoke.ProcessInvoker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the service is run on this machine.
 *
 * @param template the SAM template
 * @param parameters values of the template's parameters
 * @param stackName prefix of the names of tables, queues and secrets, so that several runs can
 *     share an endpoint
 * @param embedded embedded services to share; they are left running
 * @param endpoints of services of another kind that run already; embedded ones are started where
 *     neither is given
 * @param host the network interface to listen on
 * @param port of the API; 0 takes a free one
 * @param folder for what is written, the mails among it
 * @param ticking whether the schedule fires by itself
 * @param ownProcesses whether functions run in processes of their own, as on Lambda, or in this one
 */
public record LocalOptions(
    Path template,
    Map<String, String> parameters,
    String stackName,
    Optional<EmbeddedServices> embedded,
    Optional<Endpoints> endpoints,
    String host,
    int port,
    Path folder,
    boolean ticking,
    boolean ownProcesses) {

  /**
   * Embedded services on a free port; every hour is off-peak, nothing fires by itself, and
   * functions run in this process.
   */
  public static LocalOptions defaults() {
    return new LocalOptions(
        Path.of("../template.yaml"),
        Map.of(
            "SenderAddress", "deletions@platform.example",
            "SenderIdentity", "platform.example",
            "OffPeakHours", "*"),
        "local",
        Optional.empty(),
        Optional.empty(),
        "127.0.0.1",
        0,
        Path.of("target"),
        false,
        false);
  }

  /** With one of the template's parameters set. */
  public LocalOptions withParameter(String name, String value) {
    var all = new HashMap<>(parameters);
    all.put(name, value);
    return new LocalOptions(
        template,
        Map.copyOf(all),
        stackName,
        embedded,
        endpoints,
        host,
        port,
        folder,
        ticking,
        ownProcesses);
  }

  /** With a parameter left to the template's default. */
  public LocalOptions withDefault(String name) {
    var all = new HashMap<>(parameters);
    all.remove(name);
    return new LocalOptions(
        template,
        Map.copyOf(all),
        stackName,
        embedded,
        endpoints,
        host,
        port,
        folder,
        ticking,
        ownProcesses);
  }

  public LocalOptions withStackName(String name) {
    return new LocalOptions(
        template, parameters, name, embedded, endpoints, host, port, folder, ticking, ownProcesses);
  }

  public LocalOptions withEmbedded(EmbeddedServices running) {
    return new LocalOptions(
        template,
        parameters,
        stackName,
        Optional.of(running),
        endpoints,
        host,
        port,
        folder,
        ticking,
        ownProcesses);
  }

  public LocalOptions withEndpoints(Endpoints running) {
    return new LocalOptions(
        template,
        parameters,
        stackName,
        embedded,
        Optional.of(running),
        host,
        port,
        folder,
        ticking,
        ownProcesses);
  }

  public LocalOptions listeningOn(String newHost, int newPort) {
    return new LocalOptions(
        template,
        parameters,
        stackName,
        embedded,
        endpoints,
        newHost,
        newPort,
        folder,
        ticking,
        ownProcesses);
  }

  public LocalOptions withFolder(Path newFolder) {
    return new LocalOptions(
        template,
        parameters,
        stackName,
        embedded,
        endpoints,
        host,
        port,
        newFolder,
        ticking,
        ownProcesses);
  }

  public LocalOptions thatTicks() {
    return new LocalOptions(
        template,
        parameters,
        stackName,
        embedded,
        endpoints,
        host,
        port,
        folder,
        true,
        ownProcesses);
  }

  /** With functions in processes of their own, where AWS's runtime client runs on this machine. */
  public LocalOptions withFunctionsInOwnProcesses() {
    return new LocalOptions(
        template,
        parameters,
        stackName,
        embedded,
        endpoints,
        host,
        port,
        folder,
        ticking,
        ProcessInvoker.runsHere());
  }
}
