package conversations.deletion.local.demo;

import conversations.deletion.local.demo.Cast.Part;
import conversations.deletion.local.sample.BucketCensus;
import conversations.deletion.local.sample.Census;
import java.util.Collection;
import java.util.function.ToIntFunction;

/** What table and bucket have of conversations at one time. */
record Stock(Census table, BucketCensus bucket) {

  int records(Collection<Part> parts) {
    return sum(parts, part -> table.records(PlatformRecords.key(part)));
  }

  /** Those of the records that stay when their conversation is deleted. */
  int retained(Collection<Part> parts) {
    return sum(parts, part -> table.retained(PlatformRecords.key(part)));
  }

  /** Versions of objects. */
  int attachments(Collection<Part> parts) {
    return sum(parts, part -> bucket.versions(part.folder()));
  }

  /** Versions of objects, delete markers and unfinished uploads. */
  int things(Collection<Part> parts) {
    return sum(parts, part -> bucket.things(part.folder()));
  }

  private static int sum(Collection<Part> parts, ToIntFunction<Part> amount) {
    return parts.stream().mapToInt(amount).sum();
  }
}
