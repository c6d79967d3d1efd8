package conversations.deletion.client.view;

import conversations.deletion.client.api.Preview;
import conversations.deletion.client.api.PreviewedConversation;
import conversations.deletion.domain.Amount;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A preview in words. */
public final class PreviewText {

  private static final String ATTACHMENTS = "ATTACHMENTS";
  private static final String NOTE = "NOTE";

  private PreviewText() {}

  /** All facts of the preview, one to a line. */
  public static List<Line> lines(Preview preview) {
    ArrayList<Line> lines = new ArrayList<>();
    lines.add(JobText.fact("Preview", preview.previewId()));
    lines.add(Line.of(JobText.fact("Status", "").before(), preview.status(), ""));
    lines.add(
        JobText.fact(
            "Asked for", preview.requestType().equals("cId") ? "a channel user" : "conversations"));
    preview.range().ifPresent(it -> lines.add(JobText.fact("Begun", it.from() + " to " + it.to())));
    addCounts(lines, preview.result());
    preview.result().estimate().ifPresent(estimate -> addEstimate(lines, estimate));
    add(lines, "Expires", preview.expiresAt());
    return lines;
  }

  private static void addCounts(List<Line> lines, Preview.Result result) {
    lines.add(JobText.fact("Conversations", result.conversations()));
    addCount(lines, "  not there", result.notFound(), "");
    addCount(lines, "  held", result.held(), ": a job waits until a window after their release");
    addCount(lines, "  still open", result.open(), ": a job waits until they are idle");
    addCount(lines, "  would fail", result.failing(), ": a job can't delete them as they are");
    addCount(
        lines,
        "  begun before",
        result.beforeStart().orElse(0L),
        " left out: name --from for them");
    add(lines, "First begun", result.firstStartedAt());
    add(lines, "Last begun", result.lastStartedAt());
    lines.add(JobText.fact("Records", result.records()));
    addCount(lines, "  retained", result.retained(), " beside them");
    addCount(lines, "Attachments", result.attachments(), "");
    lines.add(JobText.fact("Size", "about " + new ByteSize(result.bytes())));
  }

  private static void addEstimate(List<Line> lines, Preview.Estimate estimate) {
    lines.add(JobText.fact("Estimate", span(estimate.writeUnits()) + " write units"));
    if (!estimate.listings().most().equals("0")) {
      lines.add(JobText.fact("", span(estimate.listings()) + " listings"));
    }
    lines.add(JobText.fact("", span(estimate.costUsd()) + " US dollars"));
    lines.add(
        JobText.fact(
            "",
            "about %s, in %s"
                .formatted(
                    new TimeSpan(Duration.ofSeconds(estimate.seconds())),
                    Amount.of(estimate.windows(), "window"))));
  }

  private static String span(Preview.Span span) {
    return span.least().equals(span.most())
        ? span.least()
        : "%s to %s".formatted(span.least(), span.most());
  }

  /** The preview's state, in one line. */
  public static Line line(Preview preview) {
    return Line.of(
        "",
        preview.status(),
        preview.status() == JobStatus.QUEUED
            ? ", waits to be counted"
            : ", %s counted".formatted(counted(preview.result())));
  }

  static String counted(Preview.Result result) {
    return Amount.of(result.conversations(), "conversation") + ", " + holdings(result);
  }

  /** What the conversations have; of attachments nothing is said where there is none. */
  static String holdings(Preview.Result result) {
    return Amount.of(result.records(), "record")
        + (result.attachments() == 0 ? "" : ", " + Amount.of(result.attachments(), "attachment"));
  }

  /** The conversations that a preview lists, as a table. */
  public static List<String> table(List<PreviewedConversation> conversations) {
    Table table = new Table("CONVERSATION", "BEGUN", "RECORDS", ATTACHMENTS, "SIZE", NOTE);
    conversations.forEach(
        conversation ->
            table.add(
                conversation.conversationId(),
                conversation.startedAt().map(Instant::toString).orElse("unknown"),
                conversation.records(),
                conversation.attachments(),
                new ByteSize(conversation.bytes()),
                note(conversation)));
    return table.linesWithoutEmpty(ATTACHMENTS, NOTE);
  }

  private static String note(PreviewedConversation conversation) {
    return conversation
        .reason()
        .map(reason -> "would fail: " + reason)
        .orElse(conversation.held() ? "held" : conversation.open() ? "still open" : "");
  }

  private static void addCount(List<Line> lines, String name, long count, String after) {
    if (count > 0) {
      lines.add(JobText.fact(name, count + after));
    }
  }

  private static void add(List<Line> lines, String name, Optional<Instant> instant) {
    instant.ifPresent(value -> lines.add(JobText.fact(name, value)));
  }
}
