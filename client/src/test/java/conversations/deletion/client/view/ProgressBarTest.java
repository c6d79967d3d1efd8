package conversations.deletion.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.api.Job;
import conversations.deletion.client.api.Preview;
import conversations.deletion.domain.JobStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private static final Instant STARTED = Instant.parse("2026-05-08T18:00:00Z");
  private static final ProgressBar PLAIN = new ProgressBar(new Terminal(true, false, 200));

  private static Job job(JobStatus status, long total, long processed, long failed) {
    return job(status, total, processed, failed, 0);
  }

  private static Job job(JobStatus status, long total, long processed, long failed, long held) {
    ObjectNode job =
        new ObjectMapper()
            .createObjectNode()
            .put("jobId", "cdj-1")
            .put("status", status.text())
            .put("requestType", "cId")
            .put("submittedAt", STARTED.minusSeconds(60).toString())
            .put("scheduledAt", STARTED.toString());
    if (status != JobStatus.QUEUED) {
      job.put("startedAt", STARTED.toString());
    }
    if (status.isEnd()) {
      job.put("completedAt", STARTED.plusSeconds(600).toString());
    }
    job.putObject("result")
        .put("totalConversations", total)
        .put("processedCount", processed)
        .put("deletedConversations", processed - failed)
        .put("failedCount", failed)
        .put("skippedCount", 0)
        .put("heldCount", held)
        .put("deletedCount", processed * 10)
        .put("retriesRemaining", 3);
    return Job.of(job);
  }

  private static String line(ProgressBar bar, Job job, Instant now) {
    return bar.line(job, now).plain();
  }

  @Test
  void tellsHowLongAQueuedJobHasToWait() {
    Job queued = job(JobStatus.QUEUED, 2, 0, 0);

    assertThat(line(PLAIN, queued, STARTED.minusSeconds(5 * 3600 + 12 * 60)))
        .isEqualTo("queued      waits for the off-peak hours, due in 5 h 12 min");
    assertThat(line(PLAIN, queued, STARTED.plusSeconds(1)))
        .isEqualTo("queued      waits for the off-peak hours, due now");
  }

  @Test
  void tellsWhatIsLeftForALaterWindow() {
    assertThat(line(PLAIN, job(JobStatus.QUEUED, 8, 6, 0), STARTED.minusSeconds(90)))
        .isEqualTo("queued      6 of 8 conversations done, the rest due in 1 min 30 s");
  }

  @Test
  void isEmptyWhileConversationsAreLookedFor() {
    assertThat(line(PLAIN, job(JobStatus.IN_PROGRESS, 0, 0, 0), STARTED.plusSeconds(3)))
        .isEqualTo("in progress [------------------------]  looks for conversations, 3 s");
  }

  @Test
  void estimatesWhatIsLeftByWhatPassed() {
    assertThat(line(PLAIN, job(JobStatus.IN_PROGRESS, 20, 5, 1), STARTED.plusSeconds(60)))
        .isEqualTo(
            "in progress [######------------------]  25 %  5 of 20 conversations, 50 records,"
                + " 1 failed, 1 min 0 s, about 3 min 0 s left");
  }

  @Test
  void isFullAtTheEndAndTimesNoMore() {
    assertThat(line(PLAIN, job(JobStatus.COMPLETED, 20, 20, 0), STARTED.plusSeconds(9000)))
        .isEqualTo(
            "completed   [########################] 100 %  20 of 20 conversations, 200 records,"
                + " 10 min 0 s");
    assertThat(line(PLAIN, job(JobStatus.COMPLETED, 0, 0, 0), STARTED.plusSeconds(1)))
        .contains("100 %");
  }

  @Test
  void isFullNoSoonerThanAllIsDone() {
    assertThat(line(PLAIN, job(JobStatus.IN_PROGRESS, 1000, 999, 0), STARTED.plusSeconds(60)))
        .contains("[#######################-]  99 %");
  }

  @Test
  void ofAJobThatWaitsForAHoldTellsWhatIsHeldAndNoTime() {
    Job waiting = job(JobStatus.ON_HOLD, 4, 3, 0, 1);

    assertThat(line(PLAIN, waiting, STARTED.plusSeconds(9_000_000)))
        .isEqualTo(
            "on hold     [##################------]  75 %  3 of 4 conversations, 30 records, 1 held");
  }

  @Test
  void ofAJobThatHasMoreToDoTellsWhatIsHeld() {
    assertThat(line(PLAIN, job(JobStatus.QUEUED, 8, 6, 0, 1), STARTED.minusSeconds(90)))
        .isEqualTo("queued      6 of 8 conversations done, 1 held, the rest due in 1 min 30 s");
  }

  private static String line(ProgressBar bar, String status, OptionalLong named) {
    ObjectNode preview =
        new ObjectMapper()
            .createObjectNode()
            .put("previewId", "cdp-1")
            .put("status", status)
            .put("requestType", "cId")
            .put("submittedAt", STARTED.toString());
    preview
        .putObject("result")
        .put("conversations", 4)
        .put("records", 120)
        .put("attachments", 1)
        .put("bytes", 5000)
        .put("retained", 0)
        .put("open", 0)
        .put("failing", 0)
        .put("notFound", 1);
    return bar.line(Preview.of(preview), named, STARTED.plusSeconds(30)).plain();
  }

  @Test
  void ofAPreviewOfWhatWasNamedCountsWhatIsNotThereToo() {
    assertThat(line(PLAIN, "in_progress", OptionalLong.of(20)))
        .isEqualTo(
            "in progress [######------------------]  25 %  5 of 20 conversations, 120 records,"
                + " 1 attachment, 30 s, about 1 min 30 s left");
    assertThat(line(PLAIN, "failed", OptionalLong.of(20)))
        .startsWith("failed      [######---")
        .endsWith(", 30 s");
  }

  @Test
  void ofAPreviewOfAChannelUserClaimsNoPart() {
    assertThat(line(PLAIN, "in_progress", OptionalLong.empty()))
        .isEqualTo(
            "in progress [--------###-------------]  4 conversations, 120 records, 1 attachment"
                + " so far, 30 s");
  }

  @Test
  void ofAPreviewIsFullAtTheEndAndAbsentBeforeItsBeginning() {
    assertThat(line(PLAIN, "queued", OptionalLong.empty()))
        .isEqualTo("queued      waits to be counted, 30 s");
    assertThat(line(PLAIN, "completed", OptionalLong.empty()))
        .isEqualTo(
            "completed   [########################] 100 %  4 conversations, 120 records,"
                + " 1 attachment, 30 s");
  }

  @Test
  void isNoWiderThanTheTerminal() {
    ProgressBar narrow = new ProgressBar(new Terminal(true, false, 40));

    assertThat(line(narrow, job(JobStatus.IN_PROGRESS, 20, 5, 0), STARTED.plusSeconds(60)))
        .hasSizeLessThan(40)
        .startsWith("in progress [######---");
    assertThat(line(narrow, "in_progress", OptionalLong.empty())).hasSizeLessThan(40);
    assertThat(narrow.listLine(100, 200).plain()).hasSizeLessThan(40).contains(" 50 %");
  }

  @Test
  void aTerminalSaysWhatItCan() {
    assertThat(Terminal.of(Map.of("TERM", "xterm", "COLUMNS", "200"), Optional.of(72)))
        .isEqualTo(new Terminal(true, true, 72));
    assertThat(terminal("TERM", "xterm", "NO_COLOR", "1").colours()).isFalse();
    assertThat(terminal("TERM", "xterm", "NO_COLOR", "").colours()).isTrue();
    assertThat(terminal("TERM", "dumb", "NO_COLOR", "").rewrites()).isFalse();
    assertThat(Terminal.of(Map.of(), Optional.of(0)).columns()).as("unknown").isEqualTo(100);
  }

  private static Terminal terminal(String name, String value, String other, String otherValue) {
    return Terminal.of(Map.of(name, value, other, otherValue), Optional.empty());
  }
}
