package conversations.deletion.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.invoke.InvocationResult.FunctionError;
import conversations.deletion.local.invoke.InvocationResult.Success;
import conversations.deletion.local.template.FunctionDefinition;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A function's process, from its start to its end, as on Lambda. */
@EnabledOnOs(OS.LINUX)
class ProcessInvokerIT {

  private static final DeployedPackage TEST_FUNCTIONS =
      new DeployedPackage(Path.of("target/test-classes"), Path.of("../functions/target/lib"));
  private static final Map<String, String> SERVICES =
      Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9");

  private static final String DESCRIBE = "{\"do\":\"describe\"}";

  @TempDir private static Path folder;

  private final ObjectMapper json = new ObjectMapper();
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final FunctionLogs logs = new FunctionLogs();
  private ProcessInvoker invoker = invoker(Duration.ofMinutes(5));

  @AfterEach
  void close() {
    invoker.close();
  }

  @Test
  void aFunctionSeesItsOwnEnvironmentAndNothingOfThisProcess() {
    JsonNode seen = describe(function(Map.of("GREETING", "Hello"))).path("environment");

    assertThat(seen.path("GREETING").asText()).isEqualTo("Hello");
    assertThat(seen.propertyStream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "GREETING",
            "AWS_ENDPOINT_URL_SQS",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_FORMAT",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "LAMBDA_TASK_ROOT",
            "LANG",
            "PATH",
            "TZ",
            "_HANDLER");
  }

  @Test
  void aFunctionHasTheRuntimeOnItsClassPathAndItsPackageWhereItRuns() throws IOException {
    JsonNode seen = describe(function(Map.of()));

    assertThat(seen.path("classPath").asText().split(":"))
        .extracting(jar -> Path.of(jar).getFileName().toString().replaceAll("-[0-9.]+jar", ""))
        .containsExactly(
            "aws-lambda-java-runtime-interface-client",
            "aws-lambda-java-core",
            "aws-lambda-java-serialization",
            "utils-lite");
    assertThat(seen.path("folder").asText())
        .isEqualTo(seen.path("environment").path("LAMBDA_TASK_ROOT").asText());
    assertThat(Path.of(seen.path("folder").asText(), "lib").toRealPath())
        .isEqualTo(TEST_FUNCTIONS.jars().toRealPath());
    assertThat(seen.path("classLoader").asText()).endsWith(".CustomerClassLoader");
    assertThat(Path.of(seen.path("home").asText())).doesNotExist();
  }

  @Test
  void aFunctionIsToldWhoItIsAndHasTheMemoryOfTheTemplate() {
    JsonNode seen = describe(function(Map.of()));

    assertThat(seen.path("context").path("functionName").asText()).isEqualTo("test-scripted");
    assertThat(seen.path("context").path("arn").asText()).endsWith(":function:test");
    assertThat(seen.path("context").path("memory").asInt()).isEqualTo(128);
    assertThat(seen.path("context").path("remaining").asInt()).isBetween(1, 20_000);
    assertThat(seen.path("maxHeap").asLong()).isBetween(90_000_000L, 128 * 1024 * 1024L * 85 / 100);
  }

  @Test
  void aProcessIsKeptForTheNextEventUntilItIsGivenUp() {
    FunctionDefinition function = function(Map.of());
    JsonNode first = describe(function);
    JsonNode second = describe(function);
    assertThat(second.path("pid")).isEqualTo(first.path("pid"));
    assertThat(second.path("events").asInt()).isEqualTo(2);

    invoker.recycle();

    JsonNode third = describe(function);
    assertThat(third.path("pid")).isNotEqualTo(first.path("pid"));
    assertThat(third.path("events").asInt()).isEqualTo(1);
  }

  @Test
  void eventsThatComeTogetherGetAProcessEach() throws Exception {
    FunctionDefinition function = function(Map.of());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<InvocationResult> hanging =
          threads.submit(
              () -> invoke(function, "{\"do\":\"hang\"}", Instant.now().plusSeconds(20)));
      describe(function);

      assertThat(hanging).isNotDone();
      invoker.close();
      assertThat(hanging.get()).isEqualTo(FunctionError.exited("signal: killed"));
    }
    invoker = invoker(Duration.ofMinutes(5));
  }

  @Test
  void aFunctionThatReachesItsTimeLimitIsEndedAndReplaced() {
    FunctionDefinition function = function(Map.of());
    long pid = describe(function).path("pid").asLong();

    InvocationResult result = invoke(function, "{\"do\":\"hang\"}", Instant.now().plusMillis(300));

    assertThat(result)
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> {
              assertThat(error.errorType()).isEqualTo("Sandbox.Timedout");
              assertThat(error.errorMessage()).matches("Task timed out after 0\\.\\d\\d seconds");
            });
    awaitEndOf(pid);
    assertThat(logged()).last().asString().contains("\"status\":\"timeout\"");
    assertThat(describe(function).path("events").asInt()).isEqualTo(1);
  }

  @Test
  void aFunctionThatExitsFailsItsEventAndIsReplaced() {
    FunctionDefinition function = function(Map.of());

    assertThat(invoke(function, "{\"do\":\"exit\",\"status\":\"3\"}"))
        .isEqualTo(
            new FunctionError("Runtime.ExitError", "Runtime exited with error: exit status 3"));
    assertThat(describe(function).path("events").asInt()).isEqualTo(1);
  }

  @Test
  void aFunctionThatRunsOutOfMemoryIsReplaced() {
    FunctionDefinition function = function(Map.of());

    assertThat(invoke(function, "{\"do\":\"exhaust\"}"))
        .isEqualTo(new FunctionError("java.lang.OutOfMemoryError", "Java heap space"));
    assertThat(describe(function).path("events").asInt()).isEqualTo(1);
  }

  @Test
  void aFunctionThatThrowsIsKept() {
    FunctionDefinition function = function(Map.of());

    assertThat(invoke(function, "{\"do\":\"fail\",\"text\":\"Unauthorized\"}"))
        .isEqualTo(new FunctionError("java.lang.IllegalArgumentException", "Unauthorized"));
    assertThat(describe(function).path("events").asInt()).isEqualTo(2);
  }

  @Test
  void aFunctionThatCannotBeConstructedTellsWhy() {
    assertThat(invoke(function(Map.of("FAULT", "GREETING is missing")), DESCRIBE))
        .isEqualTo(new FunctionError("java.lang.IllegalStateException", "GREETING is missing"));
  }

  @Test
  void anAnswerOverSixMegabytesIsRefusedAndTheFunctionKept() {
    FunctionDefinition function = function(Map.of());
    int most = FunctionInvoker.MAX_PAYLOAD_BYTES - "{\"text\":\"\"}".length();

    assertThat(invoke(function, returning(most))).isInstanceOf(Success.class);
    assertThat(invoke(function, returning(most + 1))).isEqualTo(FunctionError.responseTooLarge());
    assertThat(describe(function).path("events").asInt()).isEqualTo(3);
  }

  @Test
  void anEventOverSixMegabytesIsRefused() {
    byte[] event = new byte[FunctionInvoker.MAX_PAYLOAD_BYTES + 1];

    assertThat(invoker.invoke(function(Map.of()), event))
        .isEqualTo(FunctionError.requestTooLarge());
  }

  @Test
  void whatAFunctionWritesIsKeptAndShown() {
    invoke(function(Map.of()), "{\"do\":\"write\",\"text\":\"Grüße\"}");

    await().untilAsserted(() -> assertThat(logged()).contains("Grüße", "Grüße again"));
    assertThat(terminal.toString(StandardCharsets.UTF_8)).contains("Grüße\n", "Grüße again\n");
    await()
        .untilAsserted(
            () ->
                assertThat(logged())
                    .anySatisfy(
                        line ->
                            assertThat(line)
                                .contains("platform.report", "success", "initDurationMs")));
  }

  @Test
  void aProcessThatHasHadNothingToDoIsEnded() {
    invoker.close();
    invoker = invoker(Duration.ofMillis(200));

    long pid = describe(function(Map.of())).path("pid").asLong();

    awaitEndOf(pid);
  }

  @Test
  void nothingRemainsOnceItIsClosed() throws IOException {
    JsonNode seen = describe(function(Map.of()));

    invoker.close();

    awaitEndOf(seen.path("pid").asLong());
    assertThat(Path.of(seen.path("folder").asText())).doesNotExist();
    assertThat(TEST_FUNCTIONS.classes()).isNotEmptyDirectory();
    assertThat(Files.list(TEST_FUNCTIONS.jars())).isNotEmpty();
    invoker = invoker(Duration.ofMinutes(5));
  }

  @Test
  void aProcessEndsByItselfWhenTheJvmThatStartedItIsKilled() throws IOException {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                FunctionParent.class.getName(),
                // A killed JVM leaves files behind; mvn clean removes them.
                "target/killed")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long pid;
    try (BufferedReader output = parent.inputReader()) {
      pid = Long.parseLong(output.readLine());
      assertThat(ProcessHandle.of(pid)).isPresent();
    } finally {
      parent.destroyForcibly();
    }

    awaitEndOf(pid);
  }

  /** Starts a function, prints its process, and keeps running. */
  static final class FunctionParent {

    public static void main(String[] arguments) throws InterruptedException {
      ProcessInvoker invoker =
          new ProcessInvoker(
              TEST_FUNCTIONS, Path.of(arguments[0]), SERVICES, new FunctionLogs(), System.err);
      InvocationResult seen =
          invoker.invoke(function(Map.of()), DESCRIBE.getBytes(StandardCharsets.UTF_8));
      System.out.println(((Success) seen).text().replaceAll(".*\"pid\":(\\d+).*", "$1"));
      new CountDownLatch(1).await();
    }
  }

  private ProcessInvoker invoker(Duration kept) {
    return new ProcessInvoker(
        TEST_FUNCTIONS,
        folder,
        SERVICES,
        logs,
        new PrintStream(terminal, true, StandardCharsets.UTF_8),
        kept);
  }

  private List<String> logged() {
    return logs.latest(100).stream()
        .filter(line -> line.function().equals("ScriptedFunction"))
        .map(FunctionLogs.Line::text)
        .toList();
  }

  private JsonNode describe(FunctionDefinition function) {
    InvocationResult result = invoke(function, DESCRIBE);
    assertThat(result).isInstanceOf(Success.class);
    try {
      return json.readTree(((Success) result).payload());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InvocationResult invoke(FunctionDefinition function, String event) {
    return invoker.invoke(function, event.getBytes(StandardCharsets.UTF_8));
  }

  private InvocationResult invoke(FunctionDefinition function, String event, Instant deadline) {
    return invoker.invoke(function, event.getBytes(StandardCharsets.UTF_8), deadline);
  }

  private static String returning(int length) {
    return "{\"do\":\"return\",\"length\":\"%d\"}".formatted(length);
  }

  private static void awaitEndOf(long pid) {
    await().until(() -> ProcessHandle.of(pid).isEmpty());
  }

  private static FunctionDefinition function(Map<String, String> environment) {
    return new FunctionDefinition(
        "ScriptedFunction",
        "test-scripted",
        "arn:aws:lambda:eu-central-1:123456789012:function:test",
        ScriptedFunction.class.getName() + "::handleRequest",
        Duration.ofSeconds(20),
        128,
        environment);
  }
}
