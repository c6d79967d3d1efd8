package conversations.deletion.bench;

import conversations.deletion.application.port.Attachments;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Conversations with attachments.
 *
 * @param name for people
 * @param shape the conversations
 * @param versionsOf how many attachments the n-th has, each version of an object by itself
 */
record Attached(String name, Shape shape, IntUnaryOperator versionsOf) {

  private static final int PAGE = 1_000;

  /** Small conversations, each with up to so many attachments. */
  static Attached upTo(int most, int conversations) {
    int[] versions = new Random(7).ints(conversations, 0, most + 1).toArray();
    return new Attached(
        "%,d conversations of 0 to %d attachments".formatted(conversations, most),
        Shape.small(conversations),
        n -> versions[n]);
  }

  /** Conversations of this shape, each with so many attachments. */
  static Attached of(Shape shape, int each) {
    return new Attached(
        shape.conversations() == 1
            ? "1 conversation of %,d attachments".formatted(each)
            : "%,d conversations of %,d attachments".formatted(shape.conversations(), each),
        shape,
        _ -> each);
  }

  /**
   * The fewest lists: for each conversation the pages of its versions, and at the last look one
   * more and one of its unfinished uploads.
   */
  long leastLists() {
    return versions().mapToLong(one -> Math.max(1, Math.ceilDiv(one, PAGE)) + 2L).sum();
  }

  /** The fewest lists of a preview: the pages of the versions of each conversation. */
  long leastPreviewLists() {
    return leastLists() - 2L * shape.conversations();
  }

  /** The fewest requests of any kind. */
  long leastRequests() {
    return leastLists() + Math.ceilDiv(versions().asLongStream().sum(), Attachments.MAX_BATCH);
  }

  private IntStream versions() {
    return IntStream.range(0, shape.conversations()).map(versionsOf);
  }
}
