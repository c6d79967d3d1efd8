package conversations.deletion.local.api;

import conversations.deletion.adapter.log.EmfMetrics;
import conversations.deletion.adapter.log.JsonLines;
import conversations.deletion.adapter.log.JsonOperatorLog;
import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.access.UseToken;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.holds.EarliestExpiry;
import conversations.deletion.application.holds.FindHold;
import conversations.deletion.application.holds.ListHolds;
import conversations.deletion.application.holds.PlaceHold;
import conversations.deletion.application.holds.ReleaseHold;
import conversations.deletion.application.jobs.AnnounceJob;
import conversations.deletion.application.jobs.CancelDeletionJob;
import conversations.deletion.application.jobs.FindDeletionJob;
import conversations.deletion.application.jobs.FixTarget;
import conversations.deletion.application.jobs.LimitOpenJobs;
import conversations.deletion.application.jobs.ListChangeLog;
import conversations.deletion.application.jobs.ListDeletionJobs;
import conversations.deletion.application.jobs.ListJobConversations;
import conversations.deletion.application.jobs.RequirePreview;
import conversations.deletion.application.jobs.SubmissionSettings;
import conversations.deletion.application.jobs.SubmitDeletionJob;
import conversations.deletion.application.port.BotJobs;
import conversations.deletion.application.port.ChangeLog;
import conversations.deletion.application.port.CreationDates.Creation;
import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.JobCancellations;
import conversations.deletion.application.port.JobConversations;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.RequestHistories;
import conversations.deletion.application.previews.EstimateRates;
import conversations.deletion.application.previews.FindPreview;
import conversations.deletion.application.previews.ListPreviewConversations;
import conversations.deletion.application.previews.SubmitPreview;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobPosition;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.RateLimits;
import conversations.deletion.domain.RequestHistory;
import conversations.deletion.domain.StackKey;
import conversations.deletion.handler.CancelDeletionJobHandler;
import conversations.deletion.handler.EndpointServices;
import conversations.deletion.handler.FindDeletionJobHandler;
import conversations.deletion.handler.FindHoldHandler;
import conversations.deletion.handler.FindPreviewHandler;
import conversations.deletion.handler.HoldHandler;
import conversations.deletion.handler.ListChangeLogHandler;
import conversations.deletion.handler.ListDeletionJobsHandler;
import conversations.deletion.handler.ListJobConversationsHandler;
import conversations.deletion.handler.ListPreviewConversationsHandler;
import conversations.deletion.handler.SubmitDeletionJobHandler;
import conversations.deletion.handler.SubmitPreviewHandler;
import conversations.deletion.local.invoke.HandlerFactory;
import conversations.deletion.simulation.Lags;
import conversations.deletion.simulation.MemoryHolds;
import conversations.deletion.simulation.MemoryRecords;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The API's functions on tables in memory, for many requests in a short time. */
final class InMemoryFunctions
    implements HandlerFactory,
        JobSubmissions,
        DeletionJobs,
        BotJobs,
        JobConversations,
        JobCancellations,
        ChangeLog,
        RequestHistories {

  private final Function<String, StackKey> keys;
  private final InstantSource clock = InstantSource.system();
  private final Map<JobRef, DeletionJob> jobs = new LinkedHashMap<>();
  private final Map<JobId, List<JobConversation>> conversations = new LinkedHashMap<>();
  private final InMemoryPreviews previews = new InMemoryPreviews();
  private final MemoryHolds holds = new MemoryHolds();
  private final List<ChangeLogEntry> entries = new ArrayList<>();
  private final Map<Budget, Versioned> histories = new LinkedHashMap<>();

  /**
   * @param keys reads the secret of the stack, by its ARN
   */
  InMemoryFunctions(Function<String, StackKey> keys) {
    this.keys = keys;
  }

  @Override
  public Object create(String className, Map<String, String> environment) {
    JsonLines lines = new JsonLines(System.out, clock);
    OperatorLog log = new JsonOperatorLog(lines);
    Metrics metrics = new EmfMetrics(lines, clock, "in-memory", log);
    EndpointServices services =
        new EndpointServices(
            new UseToken((_, _, _) -> true, clock),
            new LimitRequests(
                this,
                new RateLimits(1000, 60_000),
                1,
                _ -> Duration.ZERO,
                new Clocks(clock, () -> 0, _ -> {}),
                _ -> false,
                log),
            log,
            _ -> false);
    return switch (className.substring(className.lastIndexOf('.') + 1)) {
      case "SubmitDeletionJobHandler" ->
          new SubmitDeletionJobHandler(
              new SubmitDeletionJob(
                  this,
                  new LimitOpenJobs((_, _) -> 0, 1_000, 60, clock, log),
                  () -> keys.apply(environment.get("STACK_SECRET_ARN")),
                  new FixTarget((_, _) -> Creation.UNKNOWN, previews, RequirePreview.NEVER),
                  new AnnounceJob(_ -> {}, log, metrics),
                  new SubmissionSettings(
                      new OffPeakWindow(OffPeakHours.parse("0-5"), ZoneOffset.UTC),
                      Duration.ofMinutes(1),
                      Duration.ZERO)),
              clock,
              services);
      case "FindDeletionJobHandler" ->
          new FindDeletionJobHandler(new FindDeletionJob(this), services);
      case "ListDeletionJobsHandler" ->
          new ListDeletionJobsHandler(new ListDeletionJobs(this), services);
      case "ListJobConversationsHandler" ->
          new ListJobConversationsHandler(new ListJobConversations(this, this), services);
      case "CancelDeletionJobHandler" ->
          new CancelDeletionJobHandler(
              new CancelDeletionJob(this, this, clock, log, metrics), services);
      case "ListChangeLogHandler" -> new ListChangeLogHandler(new ListChangeLog(this), services);
      case "SubmitPreviewHandler" ->
          new SubmitPreviewHandler(
              new SubmitPreview(
                  previews,
                  (_, _) -> {},
                  () -> keys.apply(environment.get("STACK_SECRET_ARN")),
                  (_, _) -> Creation.UNKNOWN,
                  Duration.ofMinutes(1),
                  log,
                  metrics),
              clock,
              services);
      case "FindPreviewHandler" ->
          new FindPreviewHandler(
              new FindPreview(previews),
              new EstimateRates(new BigDecimal("0.625"), 0, OffPeakHours.parse("0-5")),
              services);
      case "ListPreviewConversationsHandler" ->
          new ListPreviewConversationsHandler(
              new ListPreviewConversations(previews, previews, clock), services);
      case "HoldHandler" ->
          new HoldHandler(
              new PlaceHold(holds, new Clocks(clock, System::nanoTime, _ -> {}), log),
              new ReleaseHold(
                  holds,
                  _ -> Stream.empty(),
                  new OffPeakWindow(OffPeakHours.parse("0-5"), ZoneOffset.UTC),
                  clock,
                  log),
              new EarliestExpiry(
                  new MemoryRecords(clock, Lags.NONE, 1),
                  (_, _) -> Optional.empty(),
                  new Clocks(clock, System::nanoTime, _ -> {}),
                  log),
              services);
      case "FindHoldHandler" ->
          new FindHoldHandler(
              new FindHold(holds, _ -> Stream.empty()), new ListHolds(holds), services);
      default -> throw new IllegalArgumentException("no function of the API: " + className);
    };
  }

  @Override
  public DeletionJob submit(
      DeletionJob job, List<ConversationId> listed, ChangeLogEntry entry, Instant sweepAt) {
    DeletionJob before = jobs.putIfAbsent(job.ref(), job);
    if (before != null) {
      return before;
    }
    conversations.put(job.id(), listed.stream().map(JobConversation::pending).toList());
    entries.addFirst(entry);
    return job;
  }

  @Override
  public Optional<DeletionJob> find(BotId bot, JobId job) {
    return Optional.ofNullable(jobs.get(new JobRef(bot, job)));
  }

  @Override
  public JobPage newestFirst(
      BotId bot, DateRange submitted, Optional<JobPosition> after, int limit) {
    List<DeletionJob> all =
        jobs.values().stream()
            .filter(job -> job.bot().equals(bot) && submitted.contains(job.submittedAt()))
            .sorted(
                Comparator.comparing(DeletionJob::submittedAt)
                    .thenComparing(job -> job.id().value())
                    .reversed())
            .toList();
    List<JobPosition> places = all.stream().map(JobPosition::of).toList();
    int from = after.map(place -> places.indexOf(place) + 1).orElse(0);
    int to = Math.min(from + limit, all.size());
    return new JobPage(
        all.subList(from, to),
        to < all.size() ? Optional.of(places.get(to - 1)) : Optional.empty());
  }

  @Override
  public ConversationPage list(DeletionJob job, ConversationPosition from, int limit) {
    List<JobConversation> all = conversations.getOrDefault(job.id(), List.of());
    int start = Math.min(from.index(), all.size());
    int end = Math.min(start + limit, all.size());
    return new ConversationPage(
        all.subList(start, end),
        end < all.size()
            ? Optional.of(new ConversationPosition(from.chunk(), end))
            : Optional.empty());
  }

  @Override
  public boolean end(DeletionJob job, JobState ended, ChangeLogEntry entry) {
    jobs.put(job.ref(), job.with(ended));
    entries.addFirst(entry);
    return true;
  }

  @Override
  public boolean request(JobRef job, CancelRequest request) {
    return !jobs.get(job).state().status().isEnd();
  }

  @Override
  public List<ChangeLogEntry> list(BotId bot, Instant from, Instant to, int skip, int limit) {
    return entries.stream()
        .filter(entry -> entry.bot().equals(bot))
        .filter(entry -> !entry.createdOn().isBefore(from) && !entry.createdOn().isAfter(to))
        .skip(skip)
        .limit(limit)
        .toList();
  }

  @Override
  public Versioned find(Budget budget) {
    return histories.getOrDefault(budget, new Versioned(RequestHistory.NONE, 0));
  }

  @Override
  public boolean replace(Budget budget, Versioned seen, RequestHistory history) {
    histories.put(budget, new Versioned(history, seen.version() + 1));
    return true;
  }
}
