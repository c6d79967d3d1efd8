package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Leases in a window that never closes, which need no renewal within a test. */
public final class TestLeases {

  private static final BotId BOT = new BotId("st-1");
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final OffPeakWindow ALWAYS =
      new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC);

  private TestLeases() {}

  /**
   * The lease of a job, taken now.
   *
   * @param idempotencyKey which job
   * @param nanoTime the monotonic clock
   */
  public static HeldLease of(
      String idempotencyKey,
      EngineSettings settings,
      Duration functionTime,
      LongSupplier nanoTime) {
    ClientAppId app = new ClientAppId("app");
    DeletionJob job =
        new DeletionJob(
            BOT,
            JobId.of(BOT, app, idempotencyKey),
            app,
            new ListedConversations(),
            NOW,
            JobState.submitted(NOW, 1),
            Optional.empty());
    return new HeldLease(
        null,
        null,
        null,
        null,
        new RunTime(ALWAYS, () -> NOW, nanoTime, functionTime),
        settings,
        () -> NOW,
        nanoTime,
        new RecordedLog(),
        new LeasedJob(job, 1),
        nanoTime.getAsLong());
  }
}
