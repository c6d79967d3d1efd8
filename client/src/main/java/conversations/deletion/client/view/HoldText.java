package conversations.deletion.client.view;

import conversations.deletion.client.api.Hold;
import conversations.deletion.domain.Amount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A hold in words. */
public final class HoldText {

  private static final String REVIEW = "REVIEW";
  private static final String RELEASED = "RELEASED";
  private static final String WAITING_JOBS = "WAITING JOBS";
  private static final String NOTE = "NOTE";
  private static final String CONFIDENTIAL = "confidential";

  private HoldText() {}

  /** All facts of the hold, one to a line, and the jobs that wait for it. */
  public static List<String> lines(Hold hold) {
    ArrayList<String> lines = new ArrayList<>();
    add(lines, "Hold", hold.holdId());
    hold.user().ifPresent(user -> add(lines, "Channel user", user));
    hold.conversations().forEach(conversation -> add(lines, "Conversation", conversation));
    add(lines, "Reason", hold.reason());
    add(lines, "Since", since(hold));
    hold.reviewAt().ifPresent(moment -> add(lines, "Review", moment));
    if (hold.confidential()) {
      add(lines, "Confidential", "only those who may see holds are told that it keeps anything");
    }
    hold.releasedAt().ifPresent(moment -> add(lines, "Released", moment));
    hold.holdsUntil().ifPresent(moment -> add(lines, "Holds until", moment));
    hold.waiting().ifPresent(jobs -> addWaiting(lines, jobs));
    return lines;
  }

  private static void addWaiting(List<String> lines, List<Hold.WaitingJob> jobs) {
    lines.add("");
    if (jobs.isEmpty()) {
      lines.add("No job waits for it.");
      return;
    }
    Table table = new Table("WAITING JOB", "SINCE");
    jobs.forEach(job -> table.add(job.jobId(), job.since()));
    lines.addAll(table.lines());
  }

  /** Holds, as a table. */
  public static List<String> table(List<Hold> holds) {
    Table table = new Table("HOLD", "WHAT", "SINCE", REVIEW, RELEASED, WAITING_JOBS, NOTE);
    holds.forEach(
        hold ->
            table.add(
                hold.holdId(),
                what(hold),
                since(hold),
                text(hold.reviewAt()),
                text(hold.releasedAt()),
                hold.waiting().map(jobs -> String.valueOf(jobs.size())).orElse(""),
                hold.confidential() ? CONFIDENTIAL : ""));
    return table.linesWithoutEmpty(REVIEW, RELEASED, WAITING_JOBS, NOTE);
  }

  /** What the hold keeps. */
  public static String what(Hold hold) {
    return hold.user()
        .map(user -> "the channel user " + user)
        .orElseGet(
            () ->
                hold.conversations().size() == 1
                    ? "the conversation " + hold.conversations().getFirst()
                    : Amount.of(hold.conversations().size(), "conversation"));
  }

  private static String since(Hold hold) {
    return hold.heldFrom().map(Instant::toString).orElse("not yet: place it again");
  }

  private static String text(Optional<Instant> moment) {
    return moment.map(Instant::toString).orElse("");
  }

  private static void add(List<String> lines, String name, Object value) {
    lines.add(JobText.fact(name, value).plain());
  }
}
