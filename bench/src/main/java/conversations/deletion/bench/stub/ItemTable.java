package conversations.deletion.bench.stub;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A small table that keeps its items as they are, with its indexes of keys. Not safe for use by
 * several threads.
 */
final class ItemTable {

  private static final int UNIT = 1024;

  private static final Comparator<List<Map<String, Object>>> IN_ORDER =
      (one, other) -> {
        for (int i = 0; i < one.size(); i++) {
          int order = Attribute.compare(one.get(i), other.get(i));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  final String name;
  private final Layout layout;
  private final Map<String, Layout> indexes;
  private final Map<Layout, Map<Object, NavigableMap<List<Map<String, Object>>, Entry>>> stored =
      new HashMap<>();
  private long packedBytes;

  /**
   * The attributes of a key and, for an index, the other attributes that it has of an item.
   *
   * @param sort the attributes that order the items of a partition completely
   * @param projected the other attributes, if an item has them
   */
  record Layout(String partition, List<String> sort, List<String> projected) {

    Layout(String partition, List<String> sort) {
      this(partition, sort, List.of());
    }

    boolean isIn(Map<String, Object> item) {
      return item.containsKey(partition) && item.keySet().containsAll(sort);
    }

    private List<Map<String, Object>> sortKey(Map<String, Object> item) {
      return sort.stream().map(name -> Json.member(item, name)).toList();
    }

    Map<String, Object> keysOf(Map<String, Object> item) {
      Map<String, Object> keys = new HashMap<>();
      keys.put(partition, item.get(partition));
      sort.forEach(name -> keys.put(name, item.get(name)));
      return keys;
    }

    /** The item's entry, if this is the layout of an index. */
    Map<String, Object> entryOf(Map<String, Object> item) {
      Map<String, Object> entry = keysOf(item);
      for (String name : projected) {
        if (item.containsKey(name)) {
          entry.put(name, item.get(name));
        }
      }
      return entry;
    }
  }

  /** An item as it is stored. */
  static final class Entry {

    static final Entry NONE = new Entry(Map.of(), 0, null);

    private final Map<String, Object> item;
    private final int size;
    private final byte[] packed;

    private Entry(Map<String, Object> item, int size, byte[] packed) {
      this.item = item;
      this.size = size;
      this.packed = packed;
    }

    /** Large items are kept as JSON, so that what a job leaves behind takes little memory. */
    static Entry of(Map<String, Object> item) {
      int size = Attribute.size(item);
      return size < UNIT
          ? new Entry(Map.copyOf(item), size, null)
          : new Entry(null, size, Json.write(item));
    }

    Map<String, Object> item() {
      return packed == null ? item : Json.object(packed);
    }

    int packedBytes() {
      return packed == null ? 0 : packed.length;
    }

    /** The item's bytes, as DynamoDB counts them. */
    int size() {
      return size;
    }
  }

  ItemTable(String name, Layout layout, Map<String, Layout> indexes) {
    this.name = name;
    this.layout = layout;
    this.indexes = indexes;
  }

  Entry find(Map<String, Object> key) {
    NavigableMap<List<Map<String, Object>>, Entry> partition = partition(layout, key);
    return partition == null ? Entry.NONE : partition.getOrDefault(layout.sortKey(key), Entry.NONE);
  }

  private NavigableMap<List<Map<String, Object>>, Entry> partition(
      Layout where, Map<String, Object> item) {
    return stored.getOrDefault(where, Map.of()).get(item.get(where.partition()));
  }

  /** The bytes of memory that large items take. */
  long packedBytes() {
    return packedBytes;
  }

  /**
   * Replaces what is stored under the key of the item, and returns the write units that this costs.
   */
  Cost put(Entry before, Map<String, Object> item) {
    Entry after = Entry.of(item);
    store(layout, after, item);
    packedBytes += after.packedBytes() - before.packedBytes();
    int indexUnits = 0;
    for (Layout index : indexes.values()) {
      indexUnits += replace(index, before, after);
    }
    return new Cost(units(Math.max(before.size(), after.size())), indexUnits);
  }

  Cost delete(Map<String, Object> key) {
    Entry before = find(key);
    int indexUnits = 0;
    if (before != Entry.NONE) {
      partition(layout, key).remove(layout.sortKey(key));
      packedBytes -= before.packedBytes();
      for (Layout index : indexes.values()) {
        indexUnits += replace(index, before, Entry.NONE);
      }
    }
    return new Cost(units(before.size()), indexUnits);
  }

  /** The writes to an index: one if its entry changes, two if the entry's keys change. */
  private int replace(Layout index, Entry before, Entry after) {
    boolean was = index.isIn(before.item());
    boolean is = index.isIn(after.item());
    boolean stays = was && is && index.keysOf(before.item()).equals(index.keysOf(after.item()));
    if (was && !stays) {
      partition(index, before.item()).remove(index.sortKey(before.item()));
    }
    if (is) {
      store(index, after, after.item());
    }
    if (stays) {
      return index.entryOf(before.item()).equals(index.entryOf(after.item())) ? 0 : 1;
    }
    return (was ? 1 : 0) + (is ? 1 : 0);
  }

  private void store(Layout where, Entry entry, Map<String, Object> item) {
    stored
        .computeIfAbsent(where, _ -> new HashMap<>())
        .computeIfAbsent(item.get(where.partition()), _ -> new TreeMap<>(IN_ORDER))
        .put(List.copyOf(where.sortKey(item)), entry);
  }

  static int units(int bytes) {
    return Math.max(1, Math.ceilDiv(bytes, UNIT));
  }

  /** The layout of the table itself, or of one of its indexes. */
  Layout layout(String index) {
    return index == null ? layout : indexes.get(index);
  }

  /** The items of one partition, in order; only those after a key, if one is given. */
  Iterable<Entry> items(
      Layout where, Map<String, Object> partition, Map<String, Object> after, boolean forward) {
    NavigableMap<List<Map<String, Object>>, Entry> all =
        stored.getOrDefault(where, Map.of()).getOrDefault(partition, new TreeMap<>(IN_ORDER));
    NavigableMap<List<Map<String, Object>>, Entry> inOrder = forward ? all : all.descendingMap();
    return after.isEmpty()
        ? inOrder.values()
        : inOrder.tailMap(where.sortKey(after), false).values();
  }

  /**
   * Write units.
   *
   * @param table for the table itself; a transaction takes them twice
   * @param indexes for its indexes, which follow later
   */
  record Cost(int table, int indexes) {

    int once() {
      return table + indexes;
    }

    int inTransaction() {
      return 2 * table + indexes;
    }
  }
}
