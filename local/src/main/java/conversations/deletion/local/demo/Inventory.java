package conversations.deletion.local.demo;

import conversations.deletion.domain.Amount;
import conversations.deletion.local.demo.Cast.Part;
import conversations.deletion.local.sample.Census;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows the records of a census by bot, channel user and conversation. */
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

  void show(Census before) {
    screen.table(
        List.of("bot", "channel user", "conversation", "began (UTC)", "records"),
        groups().stream().map(group -> row(group, records(before, group))).toList());
    total(before);
  }

  void show(Census before, Census after) {
    screen.table(
        List.of(
            "bot", "channel user", "conversation", "began (UTC)", "before", "after", "which is"),
        groups().stream()
            .map(
                group ->
                    row(
                        group,
                        records(before, group),
                        records(after, group),
                        group.getFirst().fate().text))
            .toList());
    total(after);
  }

  private void total(Census census) {
    screen.line("");
    screen.line(
        "%s of %s"
            .formatted(
                Amount.of(census.records(), "record"),
                Amount.of(census.conversations().size(), "conversation")));
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

  private static String records(Census census, List<Part> group) {
    return Integer.toString(group.stream().mapToInt(part -> census.records(part.key())).sum());
  }

  private static Instant startedAt(Part part) {
    return part.conversation().startedAt();
  }
}
