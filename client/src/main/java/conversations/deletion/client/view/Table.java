package conversations.deletion.client.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows below a heading. Each column is as wide as its widest cell. */
public final class Table {

  /** The heading of a column that only people with a bucket of attachments need. */
  public static final String ATTACHMENTS_DELETED = "ATTACHMENTS DELETED";

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heading) {
    rows.add(List.of(heading));
  }

  /** Adds a row, which must have as many cells as the heading. */
  public void add(Object... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "A row must have %d cells".formatted(rows.getFirst().size()));
    }
    // As wide as they are written.
    rows.add(List.of(cells).stream().map(String::valueOf).map(Printable::text).toList());
  }

  public List<String> lines() {
    return rows.stream().map(row -> line(row, Set.of())).toList();
  }

  /** The lines; of the columns of these headings, without those of zeros or nothing alone. */
  public List<String> linesWithoutEmpty(String... headings) {
    Set<Integer> empty =
        Stream.of(headings)
            .map(rows.getFirst()::indexOf)
            .filter(this::isEmpty)
            .collect(Collectors.toUnmodifiableSet());
    return rows.stream().map(row -> line(row, empty)).toList();
  }

  private boolean isEmpty(int column) {
    return rows.stream()
        .skip(1)
        .map(row -> row.get(column))
        .allMatch(cell -> cell.isEmpty() || cell.equals("0"));
  }

  private String line(List<String> row, Set<Integer> without) {
    return IntStream.range(0, row.size())
        .filter(column -> !without.contains(column))
        .mapToObj(column -> padded(row.get(column), width(column)))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }
}
