package conversations.deletion.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service in a process of its own, as {@code mvn -Plocal} starts it. */
class LocalServiceIT {

  private static final Duration LONG = Duration.ofMinutes(5);

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Path output() {
    return folder.resolve("output");
  }

  private Process start(Map<String, String> environment, String command, String... options)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("sh", "-c", command, "sh"));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    line.addAll(List.of(options));
    line.addAll(
        List.of("-classpath", System.getProperty("java.class.path"), LocalService.class.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output().toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private String text() {
    try {
      return Files.readString(output(), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private URI ready() {
    Pattern url = Pattern.compile("The service runs on (http://127\\.0\\.0\\.1:\\d+) ");
    await().atMost(LONG).until(() -> url.matcher(text()).find());
    Matcher found = url.matcher(text());
    assertThat(found.find()).isTrue();
    return URI.create(found.group(1));
  }

  @Test
  void startsWhateverLanguageProxyAndEndpointsThisMachineHas() throws Exception {
    start(
        Map.of(
            "JAVA_TOOL_OPTIONS", "-Duser.language=ar -Duser.country=EG",
            "HTTP_PROXY", "http://127.0.0.1:9",
            "HTTPS_PROXY", "http://127.0.0.1:9",
            "AWS_USE_FIPS_ENDPOINT", "true",
            "AWS_USE_DUALSTACK_ENDPOINT", "true"),
        "exec \"$@\"",
        "-Dport=0",
        "-Dinprocess=true");

    URI service = ready();
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status =
          http.send(
                  HttpRequest.newBuilder(service.resolve("/_local/off-peak"))
                      .POST(BodyPublishers.noBody())
                      .build(),
                  BodyHandlers.ofString())
              .statusCode();
      assertThat(status).isEqualTo(200);
    }
    assertThat(text()).contains("  run  {\"windowIsOpen\":true").doesNotContain("\"level\"");
  }

  /**
   * The bodies that it prints for two jobs, each for a job that deletes all that it is asked for.
   */
  @Test
  void printsTwoRequestsThatDoNotMeet() throws Exception {
    start(Map.of(), "exec \"$@\"", "-Dport=0", "-Dinprocess=true");
    URI service = ready();
    await().until(() -> text().contains("All data is in memory"));
    String token = found("AUTH=(\\S+)").getFirst();
    URI jobs = URI.create(found("BOT=(\\S+)").getFirst() + "/conversations/delete");
    try (HttpClient http = HttpClient.newHttpClient()) {
      // A third one has a gap for the id of a preview.
      for (String body : found("conversations/delete\" .* -d '([^<\\n]*)'")) {
        HttpRequest.Builder submit =
            HttpRequest.newBuilder(jobs).POST(BodyPublishers.ofString(body));
        assertThat(sent(http, submit, token)).contains("\"jobId\"");
      }
      sent(
          http,
          HttpRequest.newBuilder(service.resolve("/_local/off-peak")).POST(BodyPublishers.noBody()),
          token);

      JsonNode ended = JSON.readTree(sent(http, HttpRequest.newBuilder(jobs), token)).path("jobs");

      assertThat(ended).hasSize(2);
      assertThat(ended)
          .allSatisfy(job -> assertThat(job.path("status").asText()).isEqualTo("completed"))
          .allSatisfy(job -> assertThat(job.at("/result/skippedCount").asInt()).isZero())
          .extracting(job -> job.at("/result/deletedCount").asInt())
          .containsExactlyInAnyOrder(20, 100);
    }
  }

  private List<String> found(String pattern) {
    return Pattern.compile(pattern).matcher(text()).results().map(one -> one.group(1)).toList();
  }

  private static String sent(HttpClient http, HttpRequest.Builder request, String token)
      throws Exception {
    return http.send(
            request.header("auth", token).header("Content-Type", "application/json").build(),
            BodyHandlers.ofString())
        .body();
  }

  @Test
  void saysInALineThatItsPortIsUsed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process =
          start(Map.of(), "exec \"$@\"", "-Dport=" + taken.getLocalPort(), "-Dinprocess=true");

      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(text().lines().filter(line -> line.contains("Dport="))).hasSize(1);
      assertThat(text()).doesNotContain("\tat ");
    }
  }

  @Test
  void endsWithTheProcessThatStartedIt() throws Exception {
    Process parent =
        start(Map.of(), "\"$@\" & echo \"child $!\"; wait", "-Dport=0", "-Dinprocess=true");
    ready();
    Matcher child = Pattern.compile("child (\\d+)").matcher(text());
    assertThat(child.find()).isTrue();
    ProcessHandle service = ProcessHandle.of(Long.parseLong(child.group(1))).orElseThrow();

    parent.destroyForcibly().waitFor();

    await().atMost(LONG).until(() -> !service.isAlive());
  }
}
