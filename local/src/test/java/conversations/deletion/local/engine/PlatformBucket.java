package conversations.deletion.local.engine;

import conversations.deletion.adapter.s3.AttachmentsBucket;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The bucket in which a bot platform keeps the attachments of its bot's conversations. */
final class PlatformBucket {

  private final S3Client s3;
  private final AttachmentsBucket bucket;
  private final Supplier<BotId> bot;

  PlatformBucket(S3Client s3, AttachmentsBucket bucket, Supplier<BotId> bot) {
    this.s3 = s3;
    this.bucket = bucket;
    this.bot = bot;
  }

  /** Uploads a file; once more makes another version of it. */
  void upload(ConversationId conversation, String name) {
    String key = key(conversation, name);
    s3.putObject(
        request -> request.bucket(bucket.name()).key(key), RequestBody.fromString("content"));
  }

  /** Uploads so many files. */
  void upload(ConversationId conversation, int files) {
    for (int i = 0; i < files; i++) {
      upload(conversation, "recording-" + i);
    }
  }

  /** Deletes a file as users do, which leaves a delete marker. */
  void mark(ConversationId conversation, String name) {
    s3.deleteObject(request -> request.bucket(bucket.name()).key(key(conversation, name)));
  }

  /** Begins an upload that is never finished. */
  void beginUpload(ConversationId conversation, String name) {
    s3.createMultipartUpload(request -> request.bucket(bucket.name()).key(key(conversation, name)));
  }

  private String key(ConversationId conversation, String name) {
    return bucket.prefix().of(bot.get(), conversation) + name;
  }

  /** All versions, markers and unfinished uploads that the bucket has, of all bots. */
  SortedSet<String> census() {
    SortedSet<String> all = new TreeSet<>();
    s3.listObjectVersionsPaginator(request -> request.bucket(bucket.name()))
        .forEach(
            page -> {
              page.versions().forEach(one -> all.add(one.key() + " " + one.versionId()));
              page.deleteMarkers().forEach(one -> all.add(one.key() + " marker"));
            });
    s3.listMultipartUploads(request -> request.bucket(bucket.name()))
        .uploads()
        .forEach(one -> all.add(one.key() + " upload"));
    return all;
  }

  /** The part of a census that is of these conversations. */
  SortedSet<String> of(SortedSet<String> census, ConversationId... conversations) {
    List<String> prefixes =
        Arrays.stream(conversations).map(one -> bucket.prefix().of(bot.get(), one)).toList();
    SortedSet<String> of = new TreeSet<>(census);
    of.removeIf(one -> prefixes.stream().noneMatch(one::startsWith));
    return of;
  }

  /** The census that is expected once all of these conversations is deleted. */
  SortedSet<String> without(SortedSet<String> census, ConversationId... conversations) {
    SortedSet<String> rest = new TreeSet<>(census);
    rest.removeAll(of(census, conversations));
    return rest;
  }

  /** How many versions of a conversation's attachments there are. */
  long versionsOf(ConversationId conversation) {
    return of(census(), conversation).stream()
        .filter(one -> !one.endsWith(" marker") && !one.endsWith(" upload"))
        .count();
  }
}
