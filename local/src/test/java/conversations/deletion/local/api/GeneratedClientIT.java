package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that OpenAPI Generator makes of the description understands what the API answers. */
class GeneratedClientIT {

  private static final Path GENERATOR =
      Path.of("target/openapi-generator/openapi-generator-cli.jar");
  private static final Path CALLER = Path.of("src/test/resources/generated-client/Caller.java");

  /** What the generator says of itself, whatever the description is. */
  private static final List<String> OF_ITSELF =
      List.of(
          "OpenAPI 3.1 support is still in beta",
          // It can't write an object into a line of documentation.
          "Ignoring complex example on request body",
          // Why is not known. It says so even if every schema is a plain text.
          "Failed to get the schema name: null");

  @TempDir private static Path folder;

  private static List<String> said;

  @BeforeAll
  static void generateAndCompile() throws IOException, InterruptedException {
    said =
        run(
            "java",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            GENERATOR.toString(),
            "generate",
            "-i",
            "../docs/openapi.yaml",
            "-g",
            "java",
            "--library",
            "native",
            "-o",
            folder.resolve("generated").toString(),
            "--global-property",
            "models,apis,supportingFiles,modelDocs=false,apiDocs=false,modelTests=false,apiTests=false",
            "--additional-properties",
            "openApiNullable=false,useJakartaEe=true");
    List<String> compile = new ArrayList<>(List.of("javac", "-nowarn", "-proc:none"));
    compile.addAll(List.of("-cp", System.getProperty("java.class.path")));
    compile.addAll(List.of("-d", folder.resolve("classes").toString(), CALLER.toString()));
    try (Stream<Path> sources = Files.walk(folder.resolve("generated/src/main/java"))) {
      sources
          .map(Path::toString)
          .filter(file -> file.endsWith(".java"))
          .sorted()
          .forEach(compile::add);
    }
    run(compile.toArray(String[]::new));
  }

  @Test
  void theGeneratorHasNothingToComplainAbout() {
    assertThat(said)
        .isNotEmpty()
        .filteredOn(line -> line.contains(" WARN ") || line.contains(" ERROR "))
        .allMatch(line -> OF_ITSELF.stream().anyMatch(line::contains));
  }

  @Test
  void readsAnAcceptedJobListsAndAProblem() throws IOException, InterruptedException {
    try (Service service = Service.start()) {
      Instant before = Instant.now();

      List<String> lines =
          run(
              "java",
              "-cp",
              folder.resolve("classes") + ":" + System.getProperty("java.class.path"),
              "Caller",
              service.aws.baseUrl().toString(),
              service.bot,
              service.app.token(Duration.ofMinutes(5)));

      assertThat(Instant.parse(lines.get(1))).isBetween(before.minusSeconds(1), Instant.now());
      assertThat(lines)
          .filteredOn(line -> !line.equals(lines.get(1)))
          .containsExactly(
              "202 queued",
              "queued 2",
              "true null",
              "clientApp",
              "400 Bad Request https://www.rfc-editor.org/rfc/rfc9110#section-15.5.1",
              "The request has 2 faults.",
              "cId invalid_id",
              "endDate future_end_date");
    }
  }

  /** Runs a program of this JDK and returns what it printed, which its success must be. */
  private static List<String> run(String... command) throws IOException, InterruptedException {
    command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
    Path output = Files.createTempFile(folder, "output", ".txt");
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    List<String> lines = Files.readAllLines(output);
    assertThat(status).as("%s", lines).isZero();
    return lines;
  }
}
