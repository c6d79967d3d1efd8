package conversations.deletion.local;

import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.embedded.EmbeddedServices;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.invoke.ProcessInvoker;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the service is run on this machine.
 *
 * @param template the SAM template
 * @param parameters values of the template's parameters
 * @param stackName prefix of the names of tables, queues and secrets, so that several runs can
 *     share an endpoint
 * @param embedded embedded services to share; they are left running
 * @param endpoints of other services that already run; if these and {@code embedded} are both
 *     empty, embedded services are started
 * @param listening where the API listens
 * @param port of the API; 0 takes a free one
 * @param folder the folder for written files, such as the mails
 * @param ticking whether the schedule fires by itself
 * @param ownProcesses whether functions run in processes of their own, as on Lambda, or in this one
 * @param terminal shows requests and runs, a line each
 * @param functionsOutput takes what functions write; if empty, {@code functions.log} in the folder
 */
public record LocalOptions(
    Path template,
    Map<String, String> parameters,
    String stackName,
    Optional<EmbeddedServices> embedded,
    Optional<Endpoints> endpoints,
    Listening listening,
    int port,
    Path folder,
    boolean ticking,
    boolean ownProcesses,
    PrintStream terminal,
    Optional<PrintStream> functionsOutput) {

  private static final String BUCKET = "AttachmentsBucket";

  /**
   * Embedded services, and the API on a free port. Every hour is off-peak, the schedule does not
   * fire by itself, and functions run in this process.
   */
  public static LocalOptions defaults() {
    return new LocalOptions(
        Path.of("../template.yaml"),
        Map.of(
            "SenderAddress",
            "deletions@platform.example",
            "OffPeakHours",
            "*",
            BUCKET,
            bucketOf("local")),
        "local",
        Optional.empty(),
        Optional.empty(),
        Listening.HERE,
        0,
        Path.of("target"),
        false,
        false,
        new PrintStream(OutputStream.nullOutputStream()),
        Optional.empty());
  }

  public LocalOptions withFunctionsOutput(PrintStream output) {
    return changed(draft -> draft.functionsOutput = Optional.of(output));
  }

  /** Shows requests and runs there, a line each. Otherwise they are not shown. */
  public LocalOptions withTerminal(PrintStream shown) {
    return changed(draft -> draft.terminal = shown);
  }

  /** With one of the template's parameters set. */
  public LocalOptions withParameter(String name, String value) {
    return changed(draft -> draft.parameters.put(name, value));
  }

  /** With several of them set. */
  public LocalOptions withParameters(Map<String, String> values) {
    return changed(draft -> draft.parameters.putAll(values));
  }

  /** With a parameter left to the template's default. */
  public LocalOptions withDefault(String name) {
    return changed(draft -> draft.parameters.remove(name));
  }

  /** With another stack, and a bucket of its own. */
  public LocalOptions withStackName(String name) {
    return changed(
        draft -> {
          draft.stackName = name;
          draft.parameters.put(BUCKET, bucketOf(name));
        });
  }

  private static String bucketOf(String stackName) {
    return stackName.toLowerCase(Locale.ROOT) + "-attachments";
  }

  public LocalOptions withEmbedded(EmbeddedServices running) {
    return changed(draft -> draft.embedded = Optional.of(running));
  }

  public LocalOptions withEndpoints(Endpoints running) {
    return changed(draft -> draft.endpoints = Optional.of(running));
  }

  public LocalOptions listeningOn(Listening newPlace, int newPort) {
    return changed(
        draft -> {
          draft.listening = newPlace;
          draft.port = newPort;
        });
  }

  public LocalOptions withFolder(Path newFolder) {
    return changed(draft -> draft.folder = newFolder);
  }

  public LocalOptions thatTicks() {
    return changed(draft -> draft.ticking = true);
  }

  /** With functions in processes of their own, where AWS's runtime client runs on this machine. */
  public LocalOptions withFunctionsInOwnProcesses() {
    return changed(draft -> draft.ownProcesses = ProcessInvoker.runsHere());
  }

  private LocalOptions changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options that are being changed. */
  private static final class Draft {

    private final Path template;
    private final Map<String, String> parameters;
    private String stackName;
    private Optional<EmbeddedServices> embedded;
    private Optional<Endpoints> endpoints;
    private Listening listening;
    private int port;
    private Path folder;
    private boolean ticking;
    private boolean ownProcesses;
    private PrintStream terminal;
    private Optional<PrintStream> functionsOutput;

    Draft(LocalOptions before) {
      template = before.template;
      parameters = new HashMap<>(before.parameters);
      stackName = before.stackName;
      embedded = before.embedded;
      endpoints = before.endpoints;
      listening = before.listening;
      port = before.port;
      folder = before.folder;
      ticking = before.ticking;
      ownProcesses = before.ownProcesses;
      terminal = before.terminal;
      functionsOutput = before.functionsOutput;
    }

    LocalOptions options() {
      return new LocalOptions(
          template,
          Map.copyOf(parameters),
          stackName,
          embedded,
          endpoints,
          listening,
          port,
          folder,
          ticking,
          ownProcesses,
          terminal,
          functionsOutput);
    }
  }
}
