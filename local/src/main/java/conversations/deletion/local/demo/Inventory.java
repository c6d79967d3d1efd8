package conversations.deletion.local.demo;

import conversations.deletion.domain.Amount;
import conversations.deletion.local.demo.Cast.Part;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows records and attachments by bot, channel user and conversation. */
final class Inventory {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int SHOWN_OF_ID = 10;
  private static final int MOST_ROWS = 20;

  private final Cast cast;
  private final Screen screen;

  Inventory(Cast cast, Screen screen) {
    this.cast = cast;
    this.screen = screen;
  }

  void show(Stock before) {
    screen.table(
        List.of(
            "bot",
            "channel user",
            "conversation",
            "began (UTC)",
            "records",
            "metrics",
            "attachments"),
        groups().stream()
            .map(
                group ->
                    row(
                        group,
                        text(before.records(group)),
                        text(before.retained(group)),
                        text(before.attachments(group))))
            .toList());
    total(before);
  }

  void show(Stock before, Stock after) {
    screen.table(
        List.of(
            "bot",
            "channel user",
            "conversation",
            "began (UTC)",
            "records",
            "left",
            "metrics",
            "attachments",
            "left",
            "which is"),
        groups().stream()
            .map(
                group ->
                    row(
                        group,
                        text(before.records(group)),
                        text(after.records(group)),
                        text(after.retained(group)),
                        text(before.attachments(group)),
                        text(after.attachments(group)),
                        group.getFirst().fate().text))
            .toList());
    total(after);
  }

  private void total(Stock stock) {
    int records = stock.records(cast.parts());
    screen.line("");
    screen.line(
        "Table: %s, of them %s (TASK_METRIC, which are retained), and %s of other kinds."
            .formatted(
                Amount.of(records, "record"),
                Amount.of(stock.retained(cast.parts()), "metric"),
                Amount.of(stock.table().records() - records, "item")));
    screen.line(
        "Bucket: %s of objects, %s and %s."
            .formatted(
                Amount.of(stock.bucket().versions(), "version"),
                Amount.of(stock.bucket().markers(), "delete marker"),
                Amount.of(stock.bucket().uploads(), "unfinished upload")));
  }

  /**
   * Groups of conversations that share a row. Each conversation is a group of its own, but very
   * many of one channel user with the same fate are one group.
   */
  private List<List<Part>> groups() {
    return cast.parts().stream()
        .sorted(Comparator.comparing(Inventory::startedAt))
        .collect(Collectors.groupingBy(part -> List.of(user(part), part.fate())))
        .values()
        .stream()
        .flatMap(
            parts -> parts.size() > MOST_ROWS ? Stream.of(parts) : parts.stream().map(List::of))
        .sorted(
            Comparator.comparing((List<Part> group) -> user(group.getFirst()))
                .thenComparing(group -> startedAt(group.getFirst())))
        .toList();
  }

  /** A sort key: the shop's channel users come first. */
  private String user(Part part) {
    return (part.conversation().botId().equals(cast.shop) ? "1" : "2") + part.conversation().cId();
  }

  private List<String> row(List<Part> group, String... more) {
    Part first = group.getFirst();
    List<String> row = new ArrayList<>();
    row.add(cast.botName(first.conversation().botId()));
    row.add(first.conversation().cId().substring(0, SHOWN_OF_ID) + "...");
    row.add(group.size() == 1 ? first.conversationId() : group.size() + " conversations");
    row.add(
        group.size() == 1
            ? TIME.format(startedAt(first))
            : DAY.format(startedAt(first)) + " to " + DAY.format(startedAt(group.getLast())));
    row.addAll(List.of(more));
    return row;
  }

  private static String text(int amount) {
    return Integer.toString(amount);
  }

  private static Instant startedAt(Part part) {
    return part.conversation().startedAt();
  }
}
