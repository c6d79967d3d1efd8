package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.HoldsOfBot.Standing;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.StandingHold;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResumeJobsTest {

  private static final OffPeakWindow WINDOW =
      new OffPeakWindow(OffPeakHours.parse("0-5"), ZoneOffset.UTC);
  private static final BotId ONE = new BotId("st-1");
  private static final BotId TWO = new BotId("st-2");

  private final List<JobSweeps.WaitingJob> waiting = new ArrayList<>();
  private final List<JobRef> resumed = new ArrayList<>();
  private final List<JobRef> sent = new ArrayList<>();
  private final List<BotId> versionsRead = new ArrayList<>();
  private final RecordedLog log = new RecordedLog();
  private long version = 7;
  private boolean isOutOfReach;
  private Instant now = Instant.parse("2026-12-01T00:00:30Z");
  private Duration elapsed = Duration.ZERO;
  private final EngineSettings settings = EngineSettings.of(WINDOW, _ -> {});
  private final ResumeJobs resumeJobs =
      new ResumeJobs(new Sweeps(), new Looks(), sent::add, settings, log);

  private final class Sweeps implements JobSweeps {

    @Override
    public Stream<WaitingJob> onHold() {
      return List.copyOf(waiting).stream();
    }

    @Override
    public boolean resume(WaitingJob job, Instant at, Instant sweepAt) {
      resumed.add(job.job());
      return waiting.remove(job);
    }

    @Override
    public Stream<JobRef> toForget(Instant at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget(JobRef job, Instant at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<SweepableJob> toSweep(Instant at, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean putOffSweep(SweepableJob job, Instant sweepAt) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Looks implements HoldLooks {

    @Override
    public HoldsOfBot find(BotId bot) {
      if (isOutOfReach) {
        throw new IllegalStateException("out of reach");
      }
      versionsRead.add(bot);
      return new HoldsOfBot(version, Standing.NONE, Standing.NONE, Standing.NONE);
    }

    @Override
    public List<StandingHold> on(BotId bot, HoldKey key, Instant at) {
      throw new UnsupportedOperationException();
    }
  }

  private JobRef waits(BotId bot, int number, long holdsSeen) {
    JobRef job = new JobRef(bot, new JobId("cdj-00000000-0000-5000-8000-%012d".formatted(number)));
    waiting.add(new JobSweeps.WaitingJob(job, holdsSeen));
    return job;
  }

  private void run() {
    Clocks clocks = new Clocks(() -> now.plus(elapsed), elapsed::toNanos, _ -> {});
    resumeJobs.resume(new RunTime(WINDOW, clocks, Duration.ofMinutes(15)));
  }

  @Test
  void resumesTheJobsWhoseBotsHoldsHaveChanged() {
    JobRef changed = waits(ONE, 1, 6);
    JobRef unchanged = waits(ONE, 2, 7);

    run();

    assertThat(resumed).containsExactly(changed);
    assertThat(sent).containsExactly(changed);
    assertThat(waiting).extracting(JobSweeps.WaitingJob::job).containsExactly(unchanged);
  }

  @Test
  void resumesAJobThatIsToBeLookedAtInAnyCase() {
    version = 0;
    JobRef any = waits(ONE, 1, 0);

    run();

    assertThat(resumed).containsExactly(any);
  }

  @Test
  void readsOneVersionABotHoweverManyJobsWait() {
    for (int i = 0; i < 50; i++) {
      waits(ONE, i, 7);
    }
    waits(TWO, 50, 7);

    run();

    assertThat(versionsRead).containsExactly(ONE, TWO);
  }

  @Test
  void looksOnceInEachWindow() {
    waits(ONE, 1, 7);
    run();
    version = 8;
    now = now.plus(Duration.ofHours(2));
    run();
    assertThat(resumed).as("in the same window").isEmpty();

    now = now.plus(Duration.ofDays(1));
    run();
    assertThat(resumed).as("in the next").hasSize(1);
  }

  @Test
  void looksInTheNextRunIfThisOneFails() {
    waits(ONE, 1, 6);
    isOutOfReach = true;
    run();
    assertThat(log.lines()).extracting("event").containsExactly("resuming_failed");

    isOutOfReach = false;
    run();

    assertThat(resumed).hasSize(1);
  }

  @Test
  void goesOnInTheNextRunIfThisOneRunsOutOfTime() {
    waits(ONE, 1, 6);
    now = Instant.parse("2026-12-01T05:59:59Z");
    run();
    assertThat(resumed).isEmpty();

    now = Instant.parse("2026-12-01T05:00:00Z");
    run();
    assertThat(resumed).hasSize(1);
  }
}
