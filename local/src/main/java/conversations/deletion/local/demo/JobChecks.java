package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.domain.Amount;
import conversations.deletion.local.demo.Cast.Fate;
import conversations.deletion.local.demo.Cast.Part;
import conversations.deletion.local.sample.CensusComparison;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Checks the answers, the change log, the e-mails, and what is left. */
final class JobChecks {
  private final Checks checks;
  private final Cast cast;
  private final Stock before;

  JobChecks(Checks checks, Cast cast, Stock before) {
    this.checks = checks;
    this.cast = cast;
    this.before = before;
  }

  void withoutToken(Reply reply) {
    checks.same("without a token, status", 401, reply.status());
    checks.same(
        "without a token, content type", "application/problem+json", reply.header("Content-Type"));
  }

  /** Checks that the answer names the fields with faults. */
  void withFaults(Reply reply, String... fields) {
    checks.same("with faults, status", 400, reply.status());
    checks.same(
        "with faults, fields named",
        String.join(", ", new TreeSet<>(List.of(fields))),
        String.join(", ", new TreeSet<>(each(reply.body().path("errors"), "field").toList())));
  }

  void accepted(ExpectedJob job, Reply reply) {
    checks.same(job.name() + ", answer", 202, reply.status());
    checks.same(job.name() + ", status at first", "queued", reply.text("status"));
    checks.that(
        job.name() + " has an id, a Location and a Retry-After",
        reply.text("jobId").matches("cdj-[0-9a-f-]{36}")
            && reply.header("Location").endsWith("/conversations/delete/" + reply.text("jobId"))
            && reply.header("Retry-After").matches("\\d+"));
  }

  void ended(ExpectedJob job, Reply state) {
    String name = job.name() + ", ";
    checks.same(name + "status", "completed", state.text("status"));
    checks.same(name + "requestType", job.requestType(), state.text("requestType"));
    if (job.request().has("previewId")) {
      checks.same(
          name + "previewId", job.request().path("previewId").asText(), state.text("previewId"));
    }
    int conversations = job.deleted().size() + job.skipped();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("totalConversations", (long) conversations);
    counts.put("processedCount", (long) conversations);
    counts.put("deletedCount", (long) job.records(before));
    counts.put("deletedAttachments", (long) job.attachments(before));
    counts.put("retainedCount", (long) job.retained(before));
    counts.put("deletedConversations", (long) job.deleted().size());
    counts.put("failedCount", 0L);
    counts.put("skippedCount", (long) job.skipped());
    counts.put("retriesRemaining", 3L);
    JsonNode result = state.body().path("result");
    counts.forEach(
        (count, expected) -> checks.same(name + count, expected, result.path(count).asLong(-1)));
    // A job that a later window went on with was picked up after its start.
    checks.that(
        name + "submitted, scheduled and completed in this order",
        areInOrder(state, "submittedAt", "scheduledAt", "completedAt"));
    checks.that(
        name + "submitted, started and completed in this order",
        areInOrder(state, "submittedAt", "startedAt", "completedAt"));
  }

  private static boolean areInOrder(Reply state, String... fields) {
    List<String> times = Stream.of(fields).map(state::text).toList();
    return times.stream().noneMatch(String::isEmpty)
        && times.equals(times.stream().sorted().toList());
  }

  /**
   * Checks the entries about these jobs. One more job was submitted, and cancelled. A hold was
   * placed, the first job came to wait for it, and it was released.
   */
  void changeLog(List<ExpectedJob> jobs, List<String> jobIds, JsonNode entries) {
    checks.same("change log, entries", 3 * jobs.size() + 2 + 3, entries.size());
    List<String> times = each(entries, "createdOn").toList();
    checks.that(
        "change log, newest first", times.equals(times.stream().sorted().toList().reversed()));
    for (int i = 0; i < jobs.size(); i++) {
      String messages = messages(jobIds.get(i), entries);
      checks.that(
          "change log, " + jobs.get(i).name() + " submitted, started and completed",
          messages.matches("(?s).* submitted.* started.* completed.*")
              && messages.contains("(" + jobs.get(i).amount(before)));
    }
  }

  void cancelled(String jobId, JsonNode entries) {
    checks.that(
        "change log, Job 5 submitted and cancelled",
        messages(jobId, entries).matches("(?s).* submitted.* cancelled.*"));
  }

  private static String messages(String jobId, JsonNode entries) {
    return StreamSupport.stream(entries.spliterator(), false)
        .filter(entry -> entry.path("resourceId").asText().equals(jobId))
        .map(entry -> entry.path("message").asText())
        .toList()
        .reversed()
        .toString();
  }

  /**
   * Checks the e-mails about these jobs. One more is about the job that was cancelled, and one
   * tells that the first job waits.
   */
  void mails(List<ExpectedJob> jobs, List<String> jobIds, String owner, JsonNode mails) {
    checks.same("e-mails", jobs.size() + 2, mails.size());
    for (int i = 0; i < jobs.size(); i++) {
      String jobId = jobIds.get(i);
      List<JsonNode> about =
          StreamSupport.stream(mails.spliterator(), false)
              .filter(mail -> mail.path("subject").asText().contains(jobId))
              .toList();
      String name = "e-mail about " + jobs.get(i).name() + ", ";
      checks.same(name + "number", i == 0 ? 2 : 1, about.size());
      if (about.isEmpty()) {
        continue;
      }
      JsonNode mail = about.getLast();
      String text = mail.path("text").asText();
      checks.same(name + "to", "[\"" + owner + "\"]", mail.path("to").toString());
      checks.that(
          name + "gives the numbers of records and attachments",
          text.contains(jobs.get(i).amount(before)));
      checks.that(
          name + "does not show a channel user's id", !mail.toString().contains(cast.subject));
    }
  }

  /** Checks what is left, by the platform's own count. */
  void left(Stock after) {
    for (Fate fate : Fate.values()) {
      List<Part> parts = cast.withFate(fate);
      checks.same(
          "left of conversations " + fate.text,
          fate.isDeletion()
              ? left(before.retained(parts), 0)
              : left(before.records(parts), before.things(parts)),
          left(after.records(parts), after.things(parts)));
    }
    List<Part> doomed = cast.doomed();
    compared(
        "table",
        before.table().compare(after.table(), doomed.stream().map(PlatformRecords::key).toList()));
    compared(
        "bucket",
        before.bucket().compare(after.bucket(), doomed.stream().map(Part::folder).toList()));
  }

  private void compared(String place, CensusComparison comparison) {
    checks.that(place + ": " + comparison.report(), comparison.isExact());
  }

  private static String left(int records, int things) {
    return "%s, %s in the bucket"
        .formatted(Amount.of(records, "record"), Amount.of(things, "thing"));
  }

  private static Stream<String> each(JsonNode array, String field) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(element -> element.path(field).asText());
  }
}
