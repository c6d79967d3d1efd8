package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/**
 * The off-peak function runs in processes of its own, which are killed by SIGKILL at random
 * moments. The job is done all the same, and nothing but the job.
 *
 * <p>The test makes a few kills, and 100 over jobs of 20,000 records with {@code -Pthorough}. If a
 * job is done before enough kills were made, another follows.
 */
class KilledProcessIT {

  private static final boolean IS_THOROUGH = Boolean.getBoolean("thorough");
  private static final int RECORDS = IS_THOROUGH ? 20_000 : 4_000;
  private static final int KILLS = IS_THOROUGH ? 100 : 5;
  private static final int LARGEST = 2_700;

  /** Of this many lives one lasts until the job has got on, so that it comes to its end. */
  private static final int LIVES_PER_PROGRESS = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Test
  void aJobIsDoneHoweverOftenItsProcessIsKilled() throws Exception {
    AwsPeer.require(Capability.ATOMIC_WRITES);
    long seed = System.nanoTime();
    try (Engine engine = new Engine()) {
      new Killing(engine, new Random(seed)).run();
    } catch (AssertionError | ConditionTimeoutException e) {
      throw new AssertionError("with seed " + seed, e);
    }
  }

  private static final class Killing {

    private final Engine engine;
    private final Random random;
    private final Map<String, Integer> killedWhile = new TreeMap<>();
    private int kills;
    private int killsBeforeTheMark;
    private int lives;

    Killing(Engine engine, Random random) {
      this.engine = engine;
      this.random = random;
    }

    void run() throws IOException {
      engine.emailService();
      Instant start = Instant.now();
      int jobs = 0;
      while (kills < KILLS) {
        engine.platform.anotherBot();
        runJob();
        jobs++;
      }
      System.out.printf(
          "Killed the off-peak process %d times, while the job was %s; %d jobs of %d records in %d s%n",
          kills, killedWhile, jobs, RECORDS, Duration.between(start, Instant.now()).toSeconds());
    }

    private void runJob() throws IOException {
      killsBeforeTheMark = 0;
      ConversationId neighbour =
          engine.platform.conversation(
              new ChannelUserId("u-neighbour"),
              engine.time.instant().minus(Duration.ofDays(1)),
              40);
      engine.bucket.upload(neighbour, 2);
      ConversationId[] asked = seed();
      DeletionJob job = engine.jobs.submitUser();
      engine.platform.conversation(engine.platform.user, engine.time.instant().plusSeconds(1), 3);
      int attachments = upload(asked);
      Census before = engine.platform.census();
      SortedSet<String> bucketBefore = engine.bucket.census();

      while (kills < KILLS && !engine.jobs.state(job).isClosed()) {
        letLiveForAWhile(job);
      }
      Process last = start();
      try {
        await().atMost(PATIENCE).until(() -> engine.jobs.state(job).isClosed());
      } finally {
        kill(last);
      }

      engine.platform.assertExactly(before, asked);
      assertThat(engine.bucket.census()).isEqualTo(engine.bucket.without(bucketBefore, asked));
      JobState state = engine.jobs.state(job);
      assertThat(state.status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(state.counts())
          .isEqualTo(
              Counted.conversations(asked.length)
                  .deleted(asked.length)
                  .attachments(attachments)
                  .records(RECORDS));
      assertThat(engine.jobs.changeLog()).hasSize(3);
      assertThat(engine.deliveredMails(job)).isBetween(1, 1 + killsBeforeTheMark);
    }

    private ConversationId[] seed() {
      List<ConversationId> asked = new ArrayList<>();
      asked.add(engine.platform.conversation(LARGEST));
      for (int left = RECORDS - LARGEST; left > 0; ) {
        int records = Math.min(left, random.nextInt(3, 400));
        asked.add(engine.platform.conversation(records));
        left -= records;
      }
      return asked.toArray(ConversationId[]::new);
    }

    /** Gives most conversations attachments, and returns how many. */
    private int upload(ConversationId... conversations) {
      int uploaded = 0;
      for (ConversationId one : conversations) {
        int files = random.nextInt(8);
        engine.bucket.upload(one, files);
        uploaded += files;
      }
      return uploaded;
    }

    /**
     * Starts one process, at times two, and kills it before the job is picked up, a while after, or
     * once the job has got on.
     */
    private void letLiveForAWhile(DeletionJob job) throws IOException {
      List<Process> processes = new ArrayList<>();
      try {
        JobState before = engine.jobs.state(job);
        processes.add(start());
        if (random.nextInt(4) == 0) {
          processes.add(start());
        }
        if (++lives % LIVES_PER_PROGRESS == 0) {
          awaitChange(job, before, state -> state.counts().deletedInAll());
          pause(random.nextInt(300));
        } else if (random.nextInt(4) == 0) {
          pause(random.nextInt(1_500));
        } else {
          awaitChange(job, before, JobState::scheduledAt);
          pause(random.nextInt(300));
        }
      } finally {
        processes.forEach(KilledProcessIT::kill);
        // No process changes the job any more, so this is the state in which the killed process
        // left it.
        JobState state = engine.jobs.state(job);
        kills += processes.size();
        killedWhile.merge(
            state.status().text() + (state.isClosed() ? ", closed" : ""),
            processes.size(),
            Integer::sum);
        if (state.status().isEnd() && !state.isClosed()) {
          killsBeforeTheMark++;
        }
      }
    }

    private void awaitChange(DeletionJob job, JobState before, Function<JobState, Object> of) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                JobState state = engine.jobs.state(job);
                return !of.apply(state).equals(of.apply(before)) || state.isClosed();
              });
    }

    /** Waits this long. The kill should come at a random moment, at any step of the process. */
    private static void pause(int millis) {
      await().pollDelay(Duration.ofMillis(millis)).atMost(PATIENCE).until(() -> true);
    }

    private Process start() throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-cp",
              System.getProperty("java.class.path"),
              OffPeakProcess.class.getName());
      builder.environment().putAll(engine.offPeakEnvironment());
      builder
          .environment()
          .putAll(
              Map.of(
                  "LEASE_SECONDS", "4",
                  "CALL_TIMEOUT_MILLIS", "1000",
                  "SWEEP_GRACE_SECONDS", "2",
                  "INDEX_SETTLE_SECONDS", "1"));
      builder.redirectErrorStream(true);
      builder.redirectOutput(
          ProcessBuilder.Redirect.appendTo(new File("target/off-peak-process.log")));
      return builder.start();
    }
  }

  /** Kills a process, on every Unix by SIGKILL. */
  private static void kill(Process process) {
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }
}
