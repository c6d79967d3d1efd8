package conversations.deletion.simulation;

import conversations.deletion.application.jobs.AnnounceJob;
import conversations.deletion.application.jobs.CancelDeletionJob;
import conversations.deletion.application.jobs.FixTarget;
import conversations.deletion.application.jobs.LimitOpenJobs;
import conversations.deletion.application.jobs.RequirePreview;
import conversations.deletion.application.jobs.SubmissionSettings;
import conversations.deletion.application.jobs.SubmitDeletionJob;
import conversations.deletion.application.jobs.SubmitDeletionJob.Accepted;
import conversations.deletion.application.port.CreationDates.Creation;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.DeletionRequest.ByPreview;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.StackKey;
import conversations.deletion.domain.Submission;
import conversations.deletion.domain.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Those who submit jobs, and cancel some. Most jobs ask for the same conversations. */
final class Callers {

  private static final ClientAppId CLIENT_APP = new ClientAppId("schedules");
  private static final StackKey STACK_KEY = new StackKey(new byte[32]);

  private final World world;
  private final Weather weather;
  private final Timeline timeline;
  private final Map<JobRef, List<ConversationId>> listed = new LinkedHashMap<>();
  private int awaitedJobs;
  private int lastJob;

  Callers(World world) {
    this.world = world;
    this.weather = world.weather;
    this.timeline = world.timeline;
  }

  /** How many jobs are still to be submitted. */
  int awaitedJobs() {
    return awaitedJobs;
  }

  /** The conversations that a job lists. A channel user's job lists none. */
  List<ConversationId> listed(JobRef job) {
    return listed.get(job);
  }

  String shortName(JobRef job) {
    return "job " + (new ArrayList<>(listed.keySet()).indexOf(job) + 1);
  }

  /** Plans what is submitted when. */
  void planJobs(int most) {
    int count = 1 + weather.choose(most);
    Duration apart = weather.oneOf(Duration.ofMinutes(2), Duration.ofMinutes(30));
    for (int i = 0; i < count; i++) {
      awaitedJobs++;
      timeline.after(
          weather.between(Duration.ZERO, i == 0 ? Duration.ofMinutes(2) : apart), this::submit);
    }
  }

  private void submit() {
    if (weather.chance(4)) {
      world.platform.begin(); // The index may not know it until it has settled.
    }
    List<ConversationId> asked =
        Stream.concat(
                world.platform.begun().entrySet().stream()
                    .filter(one -> one.getValue().user().equals(Platform.USER))
                    .filter(_ -> weather.choose(4) > 0)
                    .map(Map.Entry::getKey),
                Stream.of(
                    Platform.WITHOUT_RECORDS,
                    Platform.RETAINED_ONLY,
                    new ConversationId("unknown")))
            .toList();
    boolean byUser = weather.chance(2);
    DeletionRequest request =
        byUser
            ? new ByChannelUser(Platform.USER, Optional.empty(), Optional.empty())
            : listed(asked);
    SubmitDeletionJob submission =
        new SubmitDeletionJob(
            world.jobs,
            new LimitOpenJobs((_, _) -> 0, 1, 1, timeline, World.SILENCE),
            () -> STACK_KEY,
            new FixTarget((_, _) -> Creation.UNKNOWN, world.previews, RequirePreview.NEVER),
            new AnnounceJob(world::send, World.SILENCE, World.NOBODY),
            new SubmissionSettings(world.window, world.settings.sweepGrace(), Duration.ZERO));
    Submission<?> form =
        new Submission<>(
            Platform.BOT,
            CLIENT_APP,
            Optional.empty(),
            "i" + ++lastJob,
            request,
            timeline.instant());
    if (submission.submit(form) instanceof Accepted(DeletionJob job, _, _)) {
      listed.put(job.ref(), byUser ? List.of() : asked);
      awaitedJobs--;
      note("submits " + shortName(job.ref()) + " " + job.target().requestType());
      if (weather.chance(4)) {
        timeline.after(
            weather.between(
                Duration.ZERO, weather.oneOf(Duration.ofMinutes(5), Duration.ofHours(30))),
            () -> cancel(job));
      }
    }
  }

  /** Some list them in the request, and some by a preview. */
  private DeletionRequest listed(List<ConversationId> asked) {
    return weather.chance(3)
        ? new ByPreview(
            world.previews.add(Platform.BOT, CLIENT_APP, asked, timeline.instant()), Terms.NONE)
        : new ByConversations(asked);
  }

  private void cancel(DeletionJob job) {
    note(
        "cancels: "
            + new CancelDeletionJob(world.jobs, world.jobs, timeline, World.SILENCE, World.NOBODY)
                .cancel(Platform.BOT, job.id(), CLIENT_APP)
                .getClass()
                .getSimpleName());
    world.promises.cancelled();
  }

  private void note(String what) {
    world.note("caller", what);
  }
}
