package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JobStatusTest {

  @ParameterizedTest
  @CsvSource({
    // deleted, failed, skipped, records, end
    "0, 0, 0,  0, COMPLETED",
    "3, 0, 0, 89, COMPLETED",
    "0, 0, 3,  0, COMPLETED",
    "2, 1, 0, 60, PARTIALLY_COMPLETED",
    "0, 1, 0, 25, PARTIALLY_COMPLETED",
    "0, 1, 2,  0, FAILED",
  })
  void theEndFollowsFromTheCounts(
      long deleted, long failed, long skipped, long records, JobStatus end) {
    Counts counts =
        new Counts(deleted + failed + skipped, deleted, failed, skipped, records, 0, 0, 0, 0);

    assertThat(JobStatus.endOf(counts)).isEqualTo(end);
    assertThat(end.isEnd()).isTrue();
  }

  @Test
  void waitingAndWorkingAreNoEnd() {
    assertThat(JobStatus.QUEUED.isEnd()).isFalse();
    assertThat(JobStatus.IN_PROGRESS.isEnd()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void isReadByTheNameThatItIsWrittenWith(JobStatus status) {
    assertThat(JobStatus.of(status.text())).isEqualTo(status);
  }

  @Test
  void usesTheNamesOfTheApi() {
    assertThat(JobStatus.values())
        .extracting(JobStatus::text)
        .containsExactly(
            "queued",
            "in_progress",
            "on_hold",
            "completed",
            "partially_completed",
            "failed",
            "cancelled");
    assertThatIllegalArgumentException().isThrownBy(() -> JobStatus.of("done"));
  }
}
