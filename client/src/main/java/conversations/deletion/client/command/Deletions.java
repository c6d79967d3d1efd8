package conversations.deletion.client.command;

import static picocli.CommandLine.ScopeType.INHERIT;

import conversations.deletion.client.api.Api;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.key.ClientApps;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.service.Target;
import conversations.deletion.client.view.Screen;
import conversations.deletion.domain.BotId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The whole command line, with what all commands have in common. */
@Command(
    name = "deletions",
    version = "deletions 1.0.0",
    description = "Registers, submits, watches, holds back and operates conversation deletion.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:done; with --wait or watch, the job has completed",
      " 1:the service, AWS or you refused; or the watched job, or the preview, has failed",
      " 2:the command line, or what it names, cannot be used",
      " 3:the service or AWS could not be reached, or could not answer",
      " 4:the watched job has completed partially",
      " 5:the watched job was cancelled",
      " 6:the watched job is on hold; or it, or the preview, had not ended within --timeout",
      "70:this program has a fault"
    },
    footer = {
      "",
      "Without --stack, a command uses the service that mvn -Plocal runs. It finds the service by",
      "local/target/local.json, here or in a folder above. It must be your own file.",
      "",
      "Environment: DELETIONS_STACK, DELETIONS_BOT, NO_COLOR, and those of the AWS SDK. For a stack",
      "also DELETIONS_APP, DELETIONS_APP_FILE, and DELETIONS_APP_SECRET (with DELETIONS_APP)."
    })
public final class Deletions {

  private final Surroundings surroundings;

  @Mixin private ServiceOptions service;

  @Option(
      names = "--json",
      scope = INHERIT,
      description = "Print the JSON answer as it came; all else goes to the error stream.")
  private boolean json;

  @Option(
      names = "--verbose",
      scope = INHERIT,
      description = "Print a stack trace if something goes wrong.")
  private boolean verbose;

  private Deletions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Does what the arguments say, and returns the exit status. */
  public static int run(Surroundings surroundings, String... arguments) {
    Deletions deletions = new Deletions(surroundings);
    Optional<Failure> unreadable =
        Stream.of(arguments).filter(Deletions::isUnreadable).findFirst().map(Deletions::unreadable);
    return unreadable.isPresent()
        ? deletions.failed(unreadable.get())
        : deletions.commandLine().execute(arguments);
  }

  /** Java writes this character for bytes that are none of the shell's character set. */
  private static boolean isUnreadable(String argument) {
    return argument.indexOf('\uFFFD') >= 0;
  }

  private static Failure unreadable(String argument) {
    return new Failure(
        ExitStatus.USAGE,
        "An argument has characters that this shell's settings do not know: " + argument,
        "Use a UTF-8 terminal, and set LC_ALL to a UTF-8 locale, such as C.UTF-8.");
  }

  private CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(this);
    List.of(
            new RegisterBot(this),
            new RegisterApp(this),
            new RevokeTokens(this),
            new Seed(this),
            new MakePreview(this),
            new Submit(this),
            new Status(this),
            new Watch(this),
            new ListJobs(this),
            new Cancel(this),
            new Conversations(this),
            new PlaceHold(this),
            new ReleaseHold(this),
            new ShowHolds(this),
            new ChangeLog(this),
            new RunOffPeak(this),
            new Redrive(this),
            new CheckTable(this),
            new Token(this),
            new Mails(this),
            new Completion(this),
            new Help())
        .forEach(commandLine::addSubcommand);
    commandLine
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
    commandLine.getCommandSpec().mixinStandardHelpOptions(true);
    return commandLine
        // An id may begin with @, which would name a file of arguments.
        .setExpandAtFiles(false)
        .setOut(surroundings.streams().out())
        .setErr(surroundings.streams().err())
        .setPosixClusteredShortOptionsAllowed(false)
        .setUsageHelpWidth(100)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                surroundings.streams().terminal().colours() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler((exception, _) -> misused(exception))
        .setExecutionExceptionHandler((exception, _, _) -> failed(exception));
  }

  private int misused(ParameterException exception) {
    return failed(
        exception instanceof UnmatchedArgumentException unmatched && isNoCommand(unmatched)
            ? noCommand(unmatched.getUnmatched().getFirst(), unmatched.getCommandLine())
            : unusable(exception));
  }

  private static boolean isNoCommand(UnmatchedArgumentException exception) {
    return exception.getCommandLine().getParent() == null
        && !exception.getUnmatched().getFirst().startsWith("-");
  }

  static Failure noCommand(String name, CommandLine commandLine) {
    return new Failure(
        ExitStatus.USAGE,
        "There is no command " + name,
        "The commands are " + String.join(", ", commandLine.getSubcommands().keySet()) + ".");
  }

  private static Failure unusable(ParameterException exception) {
    String command = exception.getCommandLine().getCommandSpec().qualifiedName();
    String remedy =
        exception instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().getFirst().startsWith("-")
            ? "See %s --help. An id that begins with '-' goes behind --, after all options."
            : "See %s --help.";
    return new Failure(
        ExitStatus.USAGE, exception.getMessage(), remedy.formatted(command), exception);
  }

  private int failed(Exception exception) {
    Failure failure = Failure.of(exception);
    screen().fail(failure);
    if (verbose) {
      screen().trace(failure);
    }
    return failure.status().code();
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Screen screen() {
    return new Screen(
        surroundings.streams().out(),
        surroundings.streams().err(),
        surroundings.streams().terminal(),
        json);
  }

  /** The service that the command uses. */
  Target target() {
    return service.target(surroundings);
  }

  /** The id of the bot that the command is about. */
  String bot(Optional<String> named, Target target) {
    String bot =
        named
            .or(() -> surroundings.variable("DELETIONS_BOT"))
            .or(target::bot)
            .orElseThrow(
                () -> new Failure(ExitStatus.USAGE, "No bot is named", "Name one with --bot BOT."));
    requireBotId(bot);
    return bot;
  }

  static void requireBotId(String id) {
    if (!BotId.isValid(id)) {
      throw new Failure(
          ExitStatus.USAGE,
          "%s is not a valid bot id".formatted(id),
          "An id has 1 to 128 letters, digits, '-' or '_'.");
    }
  }

  ClientApps clientApps() {
    return new ClientApps(surroundings.environment(), surroundings.configuration(), screen()::warn);
  }

  ClientApp clientApp(AppOptions options, Target target) {
    return clientApps().find(options.file(), options.appId(), target);
  }

  /** The API for the bot and the client app that the options name. */
  Api api(ApiOptions options) {
    return api(options, target());
  }

  Api api(ApiOptions options, Target target) {
    return new Api(
        target.apiUrl(),
        bot(options.bot(), target),
        clientApp(options.app(), target),
        target.whenUnreachable(),
        surroundings.clock());
  }
}
