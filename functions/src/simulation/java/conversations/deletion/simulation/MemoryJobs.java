package conversations.deletion.simulation;

import conversations.deletion.application.port.Backlog;
import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.JobCancellations;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The table of jobs in memory, with the conditions of its conditional writes. */
public final class MemoryJobs
    implements JobLeases, JobSweeps, JobSubmissions, JobCancellations, DeletionJobs, Backlog {

  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  /** The part of the sparse index that an item is in. */
  public enum Group {
    OPEN,
    ON_HOLD,
    ENDED,
    NONE
  }

  /** One item of the table. */
  public record Item(
      DeletionJob job,
      long fence,
      Optional<Instant> leaseUntil,
      Group group,
      Optional<Instant> sweepAt,
      long holdsSeen) {

    private Item withState(JobState newState) {
      return new Item(
          job.with(newState.with(job.state().cancelRequest())),
          fence,
          leaseUntil,
          group,
          sweepAt,
          holdsSeen);
    }

    private Item leased(Optional<Instant> until) {
      return new Item(job, fence, until.map(Timestamps::toMillis), group, sweepAt, holdsSeen);
    }

    private Item swept(Optional<Instant> at) {
      return new Item(job, fence, leaseUntil, group, at.map(Timestamps::toMillis), holdsSeen);
    }

    private Item in(Group newGroup) {
      return new Item(job, fence, leaseUntil, newGroup, sweepAt, holdsSeen);
    }

    private boolean isIn(Group one, Instant now) {
      return group == one && sweepAt.map(at -> !at.isAfter(now)).orElse(false);
    }

    private boolean hasEnded() {
      return job.state().completedAt().isPresent();
    }
  }

  private final Map<JobRef, History<Optional<Item>>> items = new LinkedHashMap<>();
  private final Map<String, ChangeLogEntry> changeLog = new LinkedHashMap<>();
  private final Map<JobRef, Instant> resumedAt = new HashMap<>();
  private final MemoryChunks chunks;
  private final Duration detailRetention;
  private final InstantSource clock;
  private final Lags lags;

  /**
   * @param clock the one true time; reads lag behind it
   */
  public MemoryJobs(MemoryChunks chunks, Duration detailRetention, InstantSource clock, Lags lags) {
    this.chunks = chunks;
    this.detailRetention = detailRetention;
    this.clock = clock;
    this.lags = lags;
  }

  /** All items. */
  public List<Item> all() {
    return items.values().stream().flatMap(one -> one.latest().stream()).toList();
  }

  /** The entries written so far. */
  public List<ChangeLogEntry> changeLog() {
    return List.copyOf(changeLog.values());
  }

  private Optional<Item> item(JobRef job) {
    return Optional.ofNullable(items.get(job)).flatMap(History::latest);
  }

  private void store(Item item) {
    items
        .computeIfAbsent(item.job().ref(), _ -> new History<>(Optional.empty()))
        .set(clock.instant(), Optional.of(item));
  }

  @Override
  public DeletionJob submit(
      DeletionJob job, List<ConversationId> listed, ChangeLogEntry entry, Instant sweepAt) {
    Optional<Item> before = item(job.ref());
    if (before.isPresent()) {
      return before.get().job();
    }
    store(new Item(job, 0, Optional.empty(), Group.OPEN, Optional.of(sweepAt), 0));
    changeLog.put(entry.id(), entry);
    if (!listed.isEmpty()) {
      List<JobConversation> pending = listed.stream().map(JobConversation::pending).toList();
      chunks.submit(job, new Chunk(job.id(), 1, 0, pending, Optional.empty()));
    }
    return job;
  }

  @Override
  public Optional<DeletionJob> find(BotId bot, JobId job) {
    return item(new JobRef(bot, job)).map(Item::job);
  }

  @Override
  public boolean end(DeletionJob job, JobState ended, ChangeLogEntry entry) {
    Optional<Item> before =
        item(job.ref())
            .filter(one -> one.group() == Group.OPEN && !one.hasEnded())
            .filter(one -> one.job().state().startedAt().isEmpty() && one.leaseUntil().isEmpty());
    before.ifPresent(
        one -> {
          DeletionJob after = one.job().with(ended);
          Optional<Instant> sweepAt =
              job.notBefore().isPresent() ? ended.completedAt() : one.sweepAt();
          store(
              new Item(
                  after, one.fence(), one.leaseUntil(), one.group(), sweepAt, one.holdsSeen()));
          changeLog.put(entry.id(), entry);
        });
    return before.isPresent();
  }

  @Override
  public boolean request(JobRef job, CancelRequest request) {
    Optional<Item> before =
        item(job)
            .filter(one -> one.group() == Group.OPEN || one.group() == Group.ON_HOLD)
            .filter(one -> !one.hasEnded());
    before.ifPresent(
        one -> {
          if (one.group() == Group.ON_HOLD) {
            resumedAt.put(job, request.at());
          }
          JobState state = one.job().state();
          JobState asked = state.with(state.cancelRequest().or(() -> Optional.of(request)));
          boolean isFree = one.leaseUntil().isEmpty();
          JobState due = isFree ? asked.changed(it -> it.scheduledAt = request.at()) : asked;
          Item after =
              new Item(
                  one.job().with(due),
                  one.fence(),
                  one.leaseUntil(),
                  Group.OPEN,
                  one.sweepAt(),
                  one.holdsSeen());
          store(isFree ? after.swept(Optional.of(request.at())) : after);
        });
    return before.isPresent();
  }

  @Override
  public LeaseResult lease(JobRef job, Instant now, Duration term) {
    Optional<Item> found = item(job);
    if (found.isEmpty()) {
      return new LeaseResult.Unknown();
    }
    Item item = found.get();
    if (item.group() == Group.ON_HOLD) {
      return new LeaseResult.NotDue(now);
    }
    if (item.group() != Group.OPEN) {
      return new LeaseResult.Closed();
    }
    JobState state = item.job().state();
    if (!item.hasEnded()) {
      if (state.scheduledAt().isAfter(now.plus(CLOCK_TOLERANCE))) {
        return new LeaseResult.NotDue(state.scheduledAt());
      }
      if (item.job().notBefore().filter(now::isBefore).isPresent()) {
        return new LeaseResult.NotDue(item.job().notBefore().get());
      }
    }
    if (!item.leaseUntil().map(until -> until.isBefore(now)).orElse(true)) {
      return new LeaseResult.HeldByAnother();
    }
    Optional<Instant> until = Optional.of(Timestamps.toMillis(now.plus(term)));
    store(new Item(item.job(), item.fence() + 1, until, item.group(), until, item.holdsSeen()));
    return new LeaseResult.Leased(new LeasedJob(item.job(), item.fence() + 1));
  }

  @Override
  public LeasedJob save(
      LeasedJob lease, JobState state, Instant until, Optional<ChangeLogEntry> entry) {
    Item after =
        update(
            lease,
            item -> item.withState(state).leased(Optional.of(until)).swept(Optional.of(until)));
    entry.ifPresent(one -> changeLog.put(one.id(), one));
    return entry.isPresent() ? lease.with(lease.job().with(state)) : lease.with(after.job());
  }

  @Override
  public void release(LeasedJob lease, JobState state, Optional<Instant> sweepAt) {
    update(
        lease,
        item -> {
          Item free = item.withState(state).leased(Optional.empty()).swept(sweepAt);
          return sweepAt.isPresent()
              ? free
              : free.in(Group.ENDED)
                  .swept(state.completedAt().map(end -> end.plus(detailRetention)));
        });
  }

  @Override
  public void putOnHold(
      LeasedJob lease, JobState state, long holdsSeen, Optional<ChangeLogEntry> entry) {
    update(
        lease,
        item ->
            new Item(
                item.withState(state).job(),
                item.fence(),
                Optional.empty(),
                Group.ON_HOLD,
                Optional.empty(),
                holdsSeen));
    entry.ifPresent(one -> changeLog.put(one.id(), one));
  }

  @Override
  public Stream<WaitingJob> onHold() {
    return indexed()
        .filter(one -> one.group() == Group.ON_HOLD)
        .map(one -> new WaitingJob(one.job().ref(), one.holdsSeen()));
  }

  @Override
  public boolean resume(WaitingJob job, Instant now, Instant sweepAt) {
    Optional<Item> seen =
        item(job.job())
            .filter(one -> one.group() == Group.ON_HOLD && one.holdsSeen() == job.holdsSeen());
    seen.ifPresent(
        one -> {
          resumedAt.put(job.job(), now);
          JobState due = one.job().state().changed(it -> it.scheduledAt = now);
          store(one.withState(due).in(Group.OPEN).swept(Optional.of(sweepAt)));
        });
    return seen.isPresent();
  }

  @Override
  public void giveBack(LeasedJob lease, Instant due, Optional<Integer> ownFailures) {
    Optional<Item> held =
        item(lease.job().ref())
            .filter(one -> one.fence() == lease.fence() && one.group() == Group.OPEN);
    Item item = held.orElseThrow(() -> new LeaseLostException(lease.job().ref(), null));
    Item free = item.leased(Optional.empty()).swept(Optional.of(due));
    JobState state = item.job().state();
    JobState counted = state.changed(it -> it.ownFailures = ownFailures.orElse(it.ownFailures));
    store(free.withState(item.hasEnded() ? counted : counted.interrupted(due)));
  }

  private Item update(LeasedJob lease, UnaryOperator<Item> change) {
    Item before =
        item(lease.job().ref())
            .filter(one -> one.fence() == lease.fence())
            .orElseThrow(() -> new LeaseLostException(lease.job().ref(), null));
    Item after = change.apply(before);
    store(after);
    return after;
  }

  @Override
  public List<SweepableJob> toSweep(Instant now, int limit) {
    return dueOf(Group.OPEN, now)
        .limit(limit)
        .map(one -> new SweepableJob(one.job().ref(), Timestamps.format(one.sweepAt().get())))
        .toList();
  }

  @Override
  public Stream<JobRef> toForget(Instant now) {
    return dueOf(Group.ENDED, now).map(one -> one.job().ref());
  }

  private Stream<Item> dueOf(Group group, Instant now) {
    return indexed()
        .filter(one -> one.isIn(group, now))
        .sorted(Comparator.comparing(one -> one.sweepAt().orElseThrow()));
  }

  private Stream<Item> indexed() {
    return items.values().stream()
        .flatMap(one -> one.asOf(clock.instant().minus(lags.ofJobIndex())).stream());
  }

  @Override
  public OpenJobs openJobs() {
    return new OpenJobs(
        indexed()
            .filter(one -> one.group() == Group.OPEN && !one.hasEnded())
            .map(
                one ->
                    new OpenJob(
                        one.job().ref(), one.job().submittedAt(), one.sweepAt().orElseThrow()))
            .toList(),
        true);
  }

  @Override
  public Map<JobRef, Instant> waitedUntil(List<JobRef> jobs) {
    Map<JobRef, Instant> moments = new HashMap<>();
    for (JobRef job : jobs) {
      item(job).flatMap(one -> one.job().notBefore()).ifPresent(at -> moments.put(job, at));
    }
    jobs.stream()
        .filter(resumedAt::containsKey)
        .forEach(job -> moments.put(job, resumedAt.get(job)));
    return moments;
  }

  @Override
  public Count jobsOnHold() {
    return new Count(onHold().count(), true);
  }

  @Override
  public Count jobsToForget(Instant now) {
    return new Count(dueOf(Group.ENDED, now).count(), true);
  }

  @Override
  public void forget(JobRef job, Instant now) {
    item(job)
        .filter(one -> one.group() == Group.ENDED)
        .ifPresent(
            one -> {
              DeletionJob was = one.job();
              DeletionJob forgotten =
                  new DeletionJob(
                      was.bot(),
                      was.id(),
                      was.requestedBy(),
                      new Forgotten(was.target().requestType()),
                      was.submittedAt(),
                      was.state(),
                      was.requestFingerprint(),
                      was.terms().forgotten());
              store(
                  new Item(
                      forgotten, one.fence(), one.leaseUntil(), Group.NONE, Optional.empty(), 0));
            });
  }

  @Override
  public boolean putOffSweep(SweepableJob job, Instant sweepAt) {
    Optional<Item> seen =
        item(job.job())
            .filter(
                one ->
                    one.sweepAt()
                        .map(at -> Timestamps.format(at).equals(job.sweepAt()))
                        .orElse(false));
    seen.ifPresent(one -> store(one.swept(Optional.of(sweepAt))));
    return seen.isPresent();
  }
}
