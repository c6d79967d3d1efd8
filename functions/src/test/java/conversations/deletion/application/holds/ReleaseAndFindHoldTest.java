package conversations.deletion.application.holds;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.holds.HoldWithJobs.Waiting;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.OnHold;
import conversations.deletion.simulation.Counted;
import conversations.deletion.simulation.MemoryHolds;
import conversations.deletion.testing.Jobs;
import conversations.deletion.testing.RecordedLog;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseAndFindHoldTest {

  private static final BotId BOT = new BotId("st-1");
  private static final HoldId ID = new HoldId("case-17");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final ClientAppId OTHER = new ClientAppId("app-2");
  private static final Instant NOON = Instant.parse("2026-05-08T12:00:00.000Z");
  private static final Instant TEN = Instant.parse("2026-05-08T22:00:00.000Z");

  private final MemoryHolds holds = new MemoryHolds();
  private final List<DeletionJob> jobs = new ArrayList<>();
  private final RecordedLog log = new RecordedLog();
  private Instant now = NOON;

  private final ReleaseHold releaseHold =
      new ReleaseHold(
          holds,
          _ -> jobs.stream(),
          new OffPeakWindow(OffPeakHours.parse("22-23"), ZoneOffset.UTC),
          () -> now,
          log);
  private final FindHold findHold = new FindHold(holds, _ -> jobs.stream());

  private void place(boolean isConfidential) {
    Hold hold =
        Hold.placed(
            BOT,
            ID,
            new HoldRequest(
                new HeldChannelUser(new ChannelUserId("u-1")),
                new HoldReason("An inquiry"),
                Optional.empty(),
                isConfidential),
            NOON,
            APP);
    holds.add(hold);
    holds.promise(hold, NOON.plusSeconds(30), Optional.empty());
  }

  private Optional<Hold.Release> release(ClientAppId by) {
    return releaseHold.release(BOT, ID, by).flatMap(found -> found.hold().release());
  }

  private DeletionJob waiting(int number, String... holdIds) {
    DeletionJob job = Jobs.queued(BOT, number, NOON);
    Set<HoldId> ids = Set.copyOf(List.of(holdIds).stream().map(HoldId::new).toList());
    return job.with(
        job.state()
            .pickedUp(NOON)
            .with(Counted.conversations(1).held(1).records(0))
            .waitingForHolds(TEN, new OnHold(NOON.plusSeconds(number), true, ids)));
  }

  @Test
  void aReleasedHoldHoldsUntilTheNextWindowOpens() {
    place(false);

    assertThat(release(OTHER)).contains(new Hold.Release(NOON, OTHER, TEN));
    assertThat(holds.find(BOT).all().count()).isZero();
    assertThat(holds.find(BOT).version()).isEqualTo(2);
    assertThat(holds.changeLog())
        .extracting(ChangeLogEntry::message)
        .containsExactly("Hold case-17 released: it holds until 2026-05-08T22:00:00.000Z.");
  }

  @Test
  void andUntilTheOneAfterThatIfOneIsOpen() {
    place(false);
    now = TEN.plusSeconds(1);

    assertThat(release(APP).orElseThrow().holdsUntil())
        .isEqualTo(Instant.parse("2026-05-09T22:00:00.000Z"));
  }

  @Test
  void toReleaseItAgainChangesNothing() {
    place(false);
    Optional<Hold.Release> first = release(APP);
    now = TEN;

    assertThat(release(OTHER)).isEqualTo(first);
    assertThat(holds.find(BOT).version()).isEqualTo(2);
    assertThat(holds.changeLog()).hasSize(1);
    assertThat(log.lines()).extracting(RecordedLog.Line::event).containsExactly("hold_released");
  }

  @Test
  void toReleaseItAgainSeesThroughWhatWasCutShort() {
    place(false);
    Hold hold = holds.find(BOT, ID).orElseThrow();
    holds.releaseInPart(hold.released(new Hold.Release(NOON, APP, TEN)), Optional.empty());

    assertThat(release(OTHER)).contains(new Hold.Release(NOON, APP, TEN));
    assertThat(holds.find(BOT).version()).isEqualTo(2);
  }

  @Test
  void aConfidentialReleaseIsToldToNobody() {
    place(true);

    assertThat(release(APP)).isPresent();
    assertThat(holds.changeLog()).isEmpty();
  }

  @Test
  void aBotHasOnlyItsOwnHolds() {
    place(false);

    assertThat(releaseHold.release(new BotId("st-2"), ID, APP)).isEmpty();
    assertThat(findHold.find(new BotId("st-2"), ID)).isEmpty();
    assertThat(findHold.find(BOT, new HoldId("case-18"))).isEmpty();
  }

  @Test
  void isFoundWithTheJobsThatWaitForIt() {
    place(false);
    DeletionJob mine = waiting(1, "case-17", "case-18");
    DeletionJob others = waiting(2, "case-18");
    DeletionJob ended = waiting(3, "case-17");
    jobs.addAll(List.of(mine, others, ended.with(ended.state().ended(JobStatus.CANCELLED, TEN))));

    assertThat(findHold.find(BOT, ID).orElseThrow().jobs())
        .containsExactly(new Waiting(mine.id(), NOON.plusSeconds(1)));
    assertThat(releaseHold.release(BOT, ID, APP).orElseThrow().jobs())
        .containsExactly(new Waiting(mine.id(), NOON.plusSeconds(1)));
  }
}
