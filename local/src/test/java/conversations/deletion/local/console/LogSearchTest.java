package conversations.deletion.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.local.invoke.FunctionLogs;
import conversations.deletion.local.invoke.FunctionLogs.Line;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSearchTest {

  private static final Instant THEN = Instant.parse("2026-05-08T18:00:00Z");

  private final FunctionLogs logs = new FunctionLogs();

  @BeforeEach
  void write() {
    add(
        0,
        "OffPeakFunction",
        "{\"level\":\"INFO\",\"message\":\"job_leased\",\"jobId\":\"cdj-1\"}");
    add(
        1,
        "OffPeakFunction",
        "{\"level\":\"WARN\",\"message\":\"job_interrupted\",\"jobId\":\"cdj-2\"}");
    add(2, "SubmitDeletionJobFunction", "{\"level\":\"ERROR\",\"message\":\"failed\"}");
    add(3, "SubmitDeletionJobFunction", "{ not JSON, of CDJ-1");
    add(4, "SubmitDeletionJobFunction", "{\"_aws\":{}}");
  }

  @Test
  void tellsTheNewestFirstWithWhatTheyTellOfThemselves() {
    assertThat(search("", "", ""))
        .extracting(LogSearch.Found::title)
        .containsExactly(
            "metrics", "{ not JSON, of CDJ-1", "failed", "job_interrupted", "job_leased");
    assertThat(search("", "", "").getLast())
        .isEqualTo(
            new LogSearch.Found(
                "2026-05-08T18:00:00Z",
                "OffPeakFunction",
                "INFO",
                "job_leased",
                "jobId=cdj-1",
                "{\n  \"level\": \"INFO\",\n  \"message\": \"job_leased\",\n  \"jobId\": \"cdj-1\"\n}",
                "{\"level\":\"INFO\",\"message\":\"job_leased\",\"jobId\":\"cdj-1\"}"));
  }

  @Test
  void findsByFunctionLevelAndText() {
    assertThat(search("OffPeakFunction", "", "")).hasSize(2);
    assertThat(search("", "WARN", ""))
        .extracting(LogSearch.Found::level)
        .containsExactly("ERROR", "WARN");
    assertThat(search("", "", "cdj-1")).hasSize(2);
    assertThat(search("OffPeakFunction", "INFO", "cdj-1")).hasSize(1);
  }

  @Test
  void tellsNoMoreThanWasAskedFor() {
    LogSearch all = new LogSearch(Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(all.in(logs, 3))
        .extracting(LogSearch.Found::title)
        .containsExactly("metrics", "{ not JSON, of CDJ-1", "failed");
  }

  @Test
  void tellsALineOfThePlatformByItsTypeAndFields() {
    add(
        5,
        "OffPeakFunction",
        """
        {"time":"2026-05-08T18:00:05Z","type":"platform.report","record":{"requestId":"r-1",\
        "status":"success","metrics":{"durationMs":9007199254740993.25}}}""");

    LogSearch.Found report = search("", "", "").getFirst();

    assertThat(report.title()).isEqualTo("platform.report");
    assertThat(report.details())
        .isEqualTo(
            "record.requestId=r-1  record.status=success"
                + "  record.metrics.durationMs=9007199254740993.25");
    assertThat(report.json()).contains("\"durationMs\": 9007199254740993.25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"one\"} and more",
        "{\"message\":\"one\",\"message\":\"two\"}",
        "[1,2]",
        "\ud83d"
      })
  void tellsALineAsItIsIfItsJsonWouldLoseSomething(String line) {
    add(5, "OffPeakFunction", line);

    LogSearch.Found found = search("", "", "").getFirst();

    assertThat(found.title()).isEqualTo(line);
    assertThat(found.json()).isNull();
  }

  @Test
  void shortensALongLineAndKeepsTheWhole() {
    String line = "😀".repeat(1_000);
    add(5, "OffPeakFunction", line);

    LogSearch.Found found = search("", "", "").getFirst();

    assertThat(found.title()).isEqualTo("😀".repeat(300) + "…");
    assertThat(found.text()).isEqualTo(line);
  }

  @Test
  void tellsFieldsOfAnotherTypeAmongTheOthers() {
    add(5, "OffPeakFunction", "{\"level\":5,\"message\":{\"a\":[1]},\"empty\":{}}");

    LogSearch.Found found = search("", "", "").getFirst();

    assertThat(found.level()).isEmpty();
    assertThat(found.title()).isEmpty();
    assertThat(found.details()).isEqualTo("level=5  message.a=[1]  empty={}");
  }

  private List<LogSearch.Found> search(String function, String level, String text) {
    return new LogSearch(given(function), given(level), given(text)).in(logs, 200);
  }

  private static Optional<String> given(String value) {
    return Optional.of(value).filter(one -> !one.isEmpty());
  }

  private void add(int second, String function, String text) {
    logs.add(new Line(THEN.plusSeconds(second), function, text));
  }
}
