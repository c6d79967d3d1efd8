package conversations.deletion.local;

import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.embedded.EmbeddedServices;
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
    boolean ticking) {

  /** Embedded services on a free port; every hour is off-peak, and nothing fires by itself. */
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
        false);
  }

  /** With one of the template's parameters set. */
  public LocalOptions withParameter(String name, String value) {
    var all = new HashMap<>(parameters);
    all.put(name, value);
    return new LocalOptions(
        template, Map.copyOf(all), stackName, embedded, endpoints, host, port, folder, ticking);
  }

  /** With a parameter left to the template's default. */
  public LocalOptions withDefault(String name) {
    var all = new HashMap<>(parameters);
    all.remove(name);
    return new LocalOptions(
        template, Map.copyOf(all), stackName, embedded, endpoints, host, port, folder, ticking);
  }

  public LocalOptions withStackName(String name) {
    return new LocalOptions(
        template, parameters, name, embedded, endpoints, host, port, folder, ticking);
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
        ticking);
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
        ticking);
  }

  public LocalOptions listeningOn(String newHost, int newPort) {
    return new LocalOptions(
        template, parameters, stackName, embedded, endpoints, newHost, newPort, folder, ticking);
  }

  public LocalOptions withFolder(Path newFolder) {
    return new LocalOptions(
        template, parameters, stackName, embedded, endpoints, host, port, newFolder, ticking);
  }

  public LocalOptions thatTicks() {
    return new LocalOptions(
        template, parameters, stackName, embedded, endpoints, host, port, folder, true);
  }
}
