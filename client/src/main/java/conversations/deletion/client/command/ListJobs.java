package conversations.deletion.client.command;

import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.Job;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.view.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists the bot's jobs, newest first.")
final class ListJobs implements Callable<Integer> {

  private static final String NOT_BEFORE = "NOT BEFORE";
  private static final String HELD = "HELD";
  private static final String PREVIEW = "PREVIEW";

  private final Deletions deletions;

  @Mixin private ApiOptions api;
  @Mixin private PageOptions pages;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      completionCandidates = JobStatuses.class,
      description = "Only jobs in this status: ${COMPLETION-CANDIDATES}.")
  private String status;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "Only jobs submitted from this UTC day or timestamp on.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "Only jobs submitted up to this UTC day or timestamp.")
  private String to;

  ListJobs(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    try (Api service = deletions.api(api)) {
      pages.show(
          deletions.screen(),
          Map.of(
              "status", Optional.ofNullable(status),
              "from", Optional.ofNullable(from),
              "to", Optional.ofNullable(to)),
          service::jobs,
          ListJobs::lines);
      return ExitStatus.OK.code();
    }
  }

  private static List<String> lines(ApiAnswer page) {
    List<Job> jobs = page.jobs();
    if (jobs.isEmpty()) {
      return List.of("No jobs.");
    }
    Table table =
        new Table(
            "JOB",
            "STATUS",
            "SUBMITTED",
            NOT_BEFORE,
            "CONVERSATIONS",
            "RECORDS DELETED",
            Table.ATTACHMENTS_DELETED,
            HELD,
            PREVIEW,
            "REFERENCE");
    jobs.forEach(
        job ->
            table.add(
                job.jobId(),
                job.status().text(),
                job.submittedAt(),
                job.notBefore().map(Instant::toString).orElse(""),
                "%d of %d".formatted(job.result().processed(), job.result().total()),
                job.result().records(),
                job.result().attachments(),
                job.result().held(),
                job.previewId().orElse(""),
                job.reference().orElse("")));
    return table.linesWithoutEmpty(NOT_BEFORE, Table.ATTACHMENTS_DELETED, HELD, PREVIEW);
  }
}
