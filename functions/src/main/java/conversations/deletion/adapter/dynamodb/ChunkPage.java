package conversations.deletion.adapter.dynamodb;

import conversations.deletion.domain.ConversationPosition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * A page of entries that are packed into chunks.
 *
 * @param next the place where the next page begins; absent on the last page
 */
record ChunkPage<E>(List<E> entries, Optional<ConversationPosition> next) {

  /** A full page, and the entry that tells whether more follows, lie in at most two full chunks. */
  static final int CHUNKS_AT_A_TIME = 2;

  /**
   * Cuts a page out of chunks. It uses no more of them than it needs.
   *
   * @param chunks in order, from the one on in which the page begins
   */
  static <C, E> ChunkPage<E> of(
      Stream<C> chunks,
      ToIntFunction<C> number,
      Function<C, List<E>> entries,
      ConversationPosition from,
      int limit) {
    List<E> page = new ArrayList<>();
    for (Iterator<C> rest = chunks.iterator(); rest.hasNext(); ) {
      C chunk = rest.next();
      int chunkNumber = number.applyAsInt(chunk);
      List<E> all = entries.apply(chunk);
      int first = chunkNumber == from.chunk() ? from.index() : 0;
      for (int index = first; index < all.size(); index++) {
        if (page.size() == limit) {
          return new ChunkPage<>(
              List.copyOf(page), Optional.of(new ConversationPosition(chunkNumber, index)));
        }
        page.add(all.get(index));
      }
    }
    return new ChunkPage<>(List.copyOf(page), Optional.empty());
  }
}
