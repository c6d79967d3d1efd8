package conversations.deletion.client.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows below a heading. Each column is as wide as its widest cell. */
public final class Table {

  /** The heading of a column that only people with a bucket of attachments need. */
  public static final String ATTACHMENTS = "ATTACHMENTS DELETED";

  private static final int NONE = -1;

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
    return rows.stream().map(row -> line(row, NONE)).toList();
  }

  /** The lines; without the column of this heading, if it has nothing but zeros. */
  public List<String> linesWithoutZeros(String heading) {
    int column = rows.getFirst().indexOf(heading);
    boolean isZero = rows.stream().skip(1).allMatch(row -> row.get(column).equals("0"));
    return rows.stream().map(row -> line(row, isZero ? column : NONE)).toList();
  }

  private String line(List<String> row, int withoutColumn) {
    return IntStream.range(0, row.size())
        .filter(column -> column != withoutColumn)
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
