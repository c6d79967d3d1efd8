package conversations.deletion.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.command.Surroundings;
import conversations.deletion.client.view.Terminal;
import conversations.deletion.local.LocalAws;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The client in a folder of its own. It keeps what the client writes. While the client waits, time
 * passes, the off-peak function runs, and previews that were asked for are worked on to their end.
 */
final class Deletions {

  private static final Set<String> OPEN = Set.of("queued", "in_progress");
  private static final Duration PREVIEWS_TAKE = Duration.ofSeconds(60);

  private final LocalAws aws;
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Duration passed = Duration.ZERO;
  private boolean runsWhileItWaits = true;
  private Optional<Supplier<String>> person = Optional.empty();

  /** The result of a command. */
  record Outcome(int code, String out, String err) {

    JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Deletions(LocalAws aws, Path folder) {
    this.aws = aws;
    this.folder = folder;
  }

  Deletions withVariable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Deletions withoutRuns() {
    runsWhileItWaits = false;
    return this;
  }

  /** At a terminal, where a person answers every question so. */
  Deletions withPerson(String answer) {
    person = Optional.of(() -> answer);
    return this;
  }

  Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            environment,
            folder,
            folder,
            new Surroundings.Streams(new PrintWriter(out), new PrintWriter(err), Terminal.none()),
            person,
            () -> Instant.now().plus(passed),
            this::pass);
    int code = conversations.deletion.client.command.Deletions.run(surroundings, arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** Runs a command that has to succeed. */
  Outcome done(String... arguments) {
    Outcome outcome = run(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  /** Runs a command that has to succeed, and returns its JSON. */
  JsonNode json(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    return done(all).json();
  }

  /** Where the client keeps the file of a client app. */
  Path appFile(String service, String appId) {
    return folder.resolve(".config/deletions").resolve(service).resolve(appId + ".json");
  }

  private void pass(Duration length) {
    passed = passed.plus(length);
    if (runsWhileItWaits) {
      aws.tick();
      await().atMost(PREVIEWS_TAKE).until(() -> !isAPreviewOpen());
    }
  }

  /** The service here feeds the function of previews from its queue, at its own pace. */
  private boolean isAPreviewOpen() {
    return aws
        .clients()
        .dynamoDb()
        .scanPaginator(
            request ->
                request.tableName(aws.tableName("DeletionPreviewsTable")).consistentRead(true))
        .items()
        .stream()
        .anyMatch(preview -> OPEN.contains(preview.get("status").s()));
  }
}
