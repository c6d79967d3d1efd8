package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Reference;
import conversations.deletion.domain.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Ended jobs forget whom they were about, as many as there is time for, once the work is done. */
class ForgettingIT {

  /** More than two pages of the index. */
  private static final int JOBS = 60;

  @AutoClose private final Engine engine = new Engine();

  @Test
  void forgetsAsManyJobsAsThereIsTimeFor() {
    List<DeletionJob> jobs = endedJobs(JOBS);

    engine.run();

    assertThat(forgotten(jobs)).isEqualTo(JOBS);
    assertThat(engine.stack.items("DeletionJobConversationsTable")).isEmpty();
  }

  /** In the table too, whatever is read of it. */
  @Test
  void leavesNothingInTheTableOfWhomAJobWasAbout() {
    Reference reference = new Reference("REQ-4711 of Mx Doe");
    ByChannelUser request =
        new ByChannelUser(
            engine.platform.user,
            Optional.empty(),
            Optional.empty(),
            new Terms(Optional.of(reference), Optional.of(engine.time.instant())));
    engine.jobs.submit(request, Optional.empty());
    engine.time.advance(Duration.ofMinutes(5));
    assertThat(jobsTable()).contains(reference.value(), engine.platform.user.value());
    engine.run();
    engine.time.advance(Engine.DETAIL_RETENTION.plus(Duration.ofHours(1)));

    engine.run();

    assertThat(jobsTable())
        .contains("forgottenAt", "notBefore")
        .doesNotContain(reference.value(), engine.platform.user.value(), "startedFrom");
  }

  private String jobsTable() {
    return engine.stack.items("DeletionJobsTable").toString();
  }

  @Test
  void worksOnJobsBeforeItForgets() {
    List<DeletionJob> jobs = endedJobs(3);
    DeletionJob waiting = engine.jobs.submit(engine.platform.conversation(3));
    int before = engine.interception.calls().size();

    engine.run();

    List<String> calls = engine.interception.calls();
    calls = calls.subList(before, calls.size());
    assertThat(engine.jobs.state(waiting).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(forgotten(jobs)).isEqualTo(3);
    assertThat(calls.indexOf("JobSweeps.toForget"))
        .isGreaterThan(calls.lastIndexOf("JobLeases.release"))
        .isGreaterThan(calls.lastIndexOf("JobMessages.receive"));
  }

  @Test
  void oneJobThatCannotBeForgottenStopsNoOther() {
    List<DeletionJob> jobs = endedJobs(JOBS);
    engine.interception.before(
        "JobChunks.deleteAll",
        1,
        () -> {
          throw new IllegalStateException("the job's chunks can't be deleted");
        });

    engine.run();
    assertThat(forgotten(jobs)).isEqualTo(JOBS - 1);
    engine.run();

    assertThat(forgotten(jobs)).isEqualTo(JOBS);
  }

  @Test
  void forgetsNothingMoreOnceTheTimeIsUp() {
    List<DeletionJob> jobs = endedJobs(JOBS);
    engine.interception.after(
        "JobSweeps.forget", 30, () -> engine.time.advance(Engine.FUNCTION_TIME));

    engine.run();
    assertThat(forgotten(jobs)).isEqualTo(30);
    engine.run();

    assertThat(forgotten(jobs)).isEqualTo(JOBS);
  }

  /** Jobs that ended so long ago that they are to forget whom they were about. */
  private List<DeletionJob> endedJobs(int count) {
    List<DeletionJob> jobs =
        IntStream.range(0, count)
            .mapToObj(i -> engine.jobs.submit(new ConversationId("never-there-" + i)))
            .toList();
    engine.run();
    assertThat(jobs).allMatch(job -> engine.jobs.state(job).isClosed());
    engine.time.advance(Engine.DETAIL_RETENTION.plus(Duration.ofHours(1)));
    return jobs;
  }

  private long forgotten(List<DeletionJob> jobs) {
    return jobs.stream().filter(job -> engine.jobs.find(job).target() instanceof Forgotten).count();
  }
}
