package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.domain.Amount;
import conversations.deletion.local.LocalAws;
import conversations.deletion.local.invoke.InvocationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the off-peak function, as its schedule does, until the jobs have ended or wait for a hold.
 * Meanwhile it asks the API how far they are, and shows that.
 */
final class OffPeakRun {
  private static final Set<String> OPEN = Set.of("queued", "in_progress");

  /**
   * Slow enough for the API's limit of requests a minute: four jobs that stay open all the time
   * take 60 requests, and the rest of the demo takes fewer than 40.
   */
  private static final Duration BETWEEN_POLLS = Duration.ofSeconds(4);

  static final int REQUESTS_PER_MINUTE = 100;

  private static final Duration BETWEEN_RUNS = BETWEEN_POLLS;

  /** A run sends no e-mail in its last half minute, as the e-mail service may be slow to answer. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final LocalAws aws;
  private final Api api;
  private final Screen screen;
  private final Checks checks;
  private final Map<String, String> jobs;
  private final Map<String, Reply> states = new HashMap<>();

  /** Takes the path of each job's state, by the job's name. */
  OffPeakRun(LocalAws aws, Api api, Screen screen, Checks checks, Map<String, String> jobs) {
    this.aws = aws;
    this.api = api;
    this.screen = screen;
    this.checks = checks;
    this.jobs = jobs;
  }

  /** Runs it until no job is left to be worked on, or the time is over, and shows each result. */
  void untilTheJobsEnd() throws InterruptedException, ExecutionException {
    Instant end = Instant.now().plus(LONGEST);
    List<InvocationResult> results = new ArrayList<>();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      boolean open = true;
      while (open && Instant.now().isBefore(end)) {
        if (!results.isEmpty()) {
          Thread.sleep(BETWEEN_RUNS);
        }
        results.add(whileShowing(thread.submit(() -> aws.tick(end))));
        open = showProgress();
      }
    }
    screen.line("");
    results.forEach(this::show);
  }

  private void show(InvocationResult run) {
    switch (run) {
      case InvocationResult.Success success -> screen.line("The run returned " + success.text());
      case InvocationResult.FunctionError error -> screen.line("The run failed: " + error);
    }
    checks.that("an off-peak run ends without an error", run instanceof InvocationResult.Success);
  }

  private InvocationResult whileShowing(Future<InvocationResult> run)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return run.get(BETWEEN_POLLS.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        showProgress();
      }
    }
  }

  /** Shows how far the jobs are, and tells whether a job is still open. */
  private boolean showProgress() {
    jobs.forEach(
        (name, path) -> {
          if (isOpen(name)) {
            states.put(name, api.poll(path));
          }
        });
    screen.progress(jobs.keySet().stream().map(this::bar).toList());
    return jobs.keySet().stream().anyMatch(this::isOpen);
  }

  private boolean isOpen(String name) {
    return !states.containsKey(name) || OPEN.contains(states.get(name).text("status"));
  }

  private Screen.Bar bar(String name) {
    JsonNode result = states.get(name).body().path("result");
    long processed = result.path("processedCount").asLong();
    long total = result.path("totalConversations").asLong();
    return new Screen.Bar(
        name,
        processed,
        total,
        "%d/%s, %s, %s"
            .formatted(
                processed,
                Amount.of(total, "conversation"),
                Amount.deleted(
                    result.path("deletedCount").asLong(),
                    result.path("deletedAttachments").asLong()),
                states.get(name).text("status")));
  }
}
