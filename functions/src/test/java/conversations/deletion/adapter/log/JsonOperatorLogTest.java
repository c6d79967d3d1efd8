package conversations.deletion.adapter.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class JsonOperatorLogTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final JsonOperatorLog log =
      new JsonOperatorLog(
          new JsonLines(
              new PrintStream(written, true, StandardCharsets.UTF_8),
              InstantSource.fixed(Instant.parse("2026-05-08T06:22:56.097Z"))));

  private List<Map<String, Object>> lines() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(
            line -> {
              try {
                return JSON.std.mapFrom(line);
              } catch (IOException e) {
                throw new AssertionError(line, e);
              }
            })
        .toList();
  }

  @Test
  void writesOneObjectALine() {
    log.info("job_submitted", Map.of("jobId", "cdj-1", "conversations", 3));
    log.warn("a", Map.of(), new RuntimeException());
    log.error("b", Map.of(), new RuntimeException());

    assertThat(lines()).hasSize(3);
    assertThat(lines().getFirst())
        .isEqualTo(
            Map.of(
                "timestamp", "2026-05-08T06:22:56.097Z",
                "level", "INFO",
                "message", "job_submitted",
                "jobId", "cdj-1",
                "conversations", 3));
    assertThat(lines())
        .extracting(line -> line.get("level"))
        .containsExactly("INFO", "WARN", "ERROR");
  }

  @Test
  void writesTheIdsOfTheLatestInvocationIntoEachLine() {
    log.info("not_yet_invoked", Map.of());
    log.begin(Map.of("requestId", "first", "apiRequestId", "other"));
    log.begin(Map.of("requestId", "second"));
    log.info("job_submitted", Map.of("jobId", "cdj-1"));
    log.error("job_failed", Map.of(), new IOException());

    assertThat(lines())
        .extracting(line -> line.get("requestId"))
        .containsExactly(null, "second", "second");
    assertThat(lines()).noneMatch(line -> line.containsKey("apiRequestId"));
  }

  /** Messages of exceptions may quote what a caller, an owner or a channel user wrote. */
  @Test
  void writesNoMessageOfAnException() {
    log.error(
        "job_failed",
        Map.of(),
        new IllegalStateException("canary", new IOException("canary", new Error("canary"))));

    assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("canary");
    assertThat(lines().getFirst().get("errors"))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .extracting(error -> error.get("class"))
        .containsExactly(
            "java.lang.IllegalStateException", "java.io.IOException", "java.lang.Error");
  }

  @Test
  void tellsWhereAnExceptionWasThrown() {
    log.error("job_failed", Map.of(), new IllegalStateException());

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("JsonOperatorLogTest.tellsWhereAnExceptionWasThrown(JsonOperatorLogTest.java:");
  }

  @Test
  void tellsWhatAServiceSaidInCodes() {
    log.warn(
        "job_message_not_sent",
        Map.of(),
        DynamoDbException.builder()
            .statusCode(400)
            .requestId("4HUQ")
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ThrottlingException")
                    .errorMessage("canary")
                    .build())
            .build());

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("\"statusCode\":400", "\"requestId\":\"4HUQ\"", "\"ThrottlingException\"")
        .doesNotContain("canary");
  }

  @Test
  void endsWithACauseThatCausesItself() {
    Exception one = new Exception();
    Exception other = new Exception(one);
    one.initCause(other);

    log.error("job_failed", Map.of(), one);

    assertThat(lines()).hasSize(1);
  }
}
