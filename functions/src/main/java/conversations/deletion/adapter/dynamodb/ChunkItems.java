package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.b;
import static conversations.deletion.adapter.dynamodb.Attributes.findBytes;
import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.list;
import static conversations.deletion.adapter.dynamodb.Attributes.map;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Plan;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Scan;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the table of jobs' conversations. Names inside the list are short, as each
 * conversation repeats them.
 *
 * <p>A job's id is made of its {@code Idempotency-Key}. If the key is used again after the job has
 * expired, the new job has the same id, and chunks of the old one may still be there. {@code
 * submittedAt} tells them apart: it is the job's own.
 */
final class ChunkItems {

  static final String JOB_ID = "jobId";
  static final String CHUNK = "chunk";
  static final String FENCE = "fence";
  static final String SUBMITTED_AT = "submittedAt";
  static final String EXPIRES_AT = "expiresAt";

  /**
   * Older versions wrote {@code position}, which names a conversation and not a key. It is not
   * read, and these versions don't read this: the index is then read from its beginning, which
   * takes reads and nothing else.
   */
  private static final String POSITION = "indexPosition";

  private static final PlanNames RECORDS = new PlanNames("records", "planned", "through");
  private static final PlanNames ATTACHMENTS =
      new PlanNames("attachments", "plannedAttachments", "throughAttachment");

  /** The attributes of a plan. */
  private record PlanNames(String deleted, String planned, String through) {}

  private ChunkItems() {}

  static Map<String, AttributeValue> key(JobId job, int number) {
    return Map.of(JOB_ID, s(job.value()), CHUNK, n(number));
  }

  /** The first chunk of a job that lists its conversations, as it is at submission. */
  static Map<String, AttributeValue> listed(
      DeletionJob job, List<ConversationId> conversations, Instant expiresAt) {
    Chunk chunk =
        new Chunk(
            job.id(),
            1,
            0,
            conversations.stream().map(JobConversation::pending).toList(),
            Optional.empty());
    return write(chunk, job, 0, expiresAt);
  }

  /** A chunk of this job. */
  static Map<String, AttributeValue> write(
      Chunk chunk, DeletionJob job, long fence, Instant expiresAt) {
    Map<String, AttributeValue> item = new HashMap<>(key(job.id(), chunk.number()));
    item.put(SUBMITTED_AT, s(job.submittedAt()));
    item.put(FENCE, n(fence));
    item.put(EXPIRES_AT, n(expiresAt.getEpochSecond()));
    item.put("round", n(chunk.round()));
    item.put("conversations", list(chunk.conversations().stream().map(ChunkItems::write).toList()));
    chunk.position().ifPresent(it -> item.put(POSITION, PositionAttributes.write(it)));
    return item;
  }

  private static AttributeValue write(JobConversation conversation) {
    Map<String, AttributeValue> entry = new HashMap<>();
    entry.put("id", s(conversation.conversation().value()));
    entry.put("outcome", s(conversation.outcome().text()));
    conversation.reason().ifPresent(reason -> entry.put("reason", s(reason.text())));
    write(conversation.records(), RECORDS, entry);
    if (conversation.attachments().isBegun()) {
      write(conversation.attachments(), ATTACHMENTS, entry);
    }
    if (conversation.retained() > 0) {
      entry.put("retained", n(conversation.retained()));
    }
    if (conversation.outcome() == Outcome.PENDING || conversation.outcome() == Outcome.FAILED) {
      conversation.user().ifPresent(user -> entry.put("user", n(user.bits())));
    }
    conversation
        .scan()
        .ifPresent(
            scan -> {
              entry.put("scanned", s(scan.through()));
              scan.lastActivity().ifPresent(moment -> entry.put("lastAt", s(moment)));
            });
    return map(entry);
  }

  private static void write(Plan plan, PlanNames names, Map<String, AttributeValue> entry) {
    entry.put(names.deleted, n(plan.deleted()));
    if (!plan.planned().isEmpty()) {
      entry.put(names.planned, b(plan.planned().toBytes()));
    }
    plan.through().ifPresent(key -> entry.put(names.through, s(key)));
  }

  /**
   * Tells whether a chunk under this job's id is the job's own, and not that of an earlier
   * submission. Chunks that an older version of the service wrote do not say; they count as its
   * own.
   */
  static boolean isOf(DeletionJob job, Map<String, AttributeValue> item) {
    Optional<String> submittedAt = findString(item, SUBMITTED_AT);
    return submittedAt.isEmpty() || submittedAt.get().equals(Timestamps.format(job.submittedAt()));
  }

  static Chunk read(Map<String, AttributeValue> item) {
    return new Chunk(
        new JobId(string(item, JOB_ID)),
        Math.toIntExact(number(item, CHUNK)),
        Math.toIntExact(number(item, "round")),
        entries(list(item, "conversations")),
        item.containsKey(POSITION)
            ? Optional.of(PositionAttributes.read(map(item, POSITION)))
            : Optional.empty());
  }

  private static List<JobConversation> entries(List<AttributeValue> written) {
    // No lambdas or streams here: they cost time at a function's cold start.
    List<JobConversation> conversations = new ArrayList<>(written.size());
    for (AttributeValue entry : written) {
      conversations.add(entry(entry.m()));
    }
    return conversations;
  }

  private static JobConversation entry(Map<String, AttributeValue> entry) {
    Optional<String> reason = findString(entry, "reason");
    return new JobConversation(
        new ConversationId(string(entry, "id")),
        Outcome.of(string(entry, "outcome")),
        reason.isPresent() ? Optional.of(Reason.of(reason.get())) : Optional.empty(),
        entry.containsKey(ATTACHMENTS.deleted) ? plan(ATTACHMENTS, entry) : Plan.NONE,
        plan(RECORDS, entry),
        entry.containsKey("retained") ? number(entry, "retained") : 0,
        scan(entry),
        findNumber(entry, "user").map(ChannelUserTag::new));
  }

  private static Plan plan(PlanNames names, Map<String, AttributeValue> entry) {
    Optional<byte[]> planned = findBytes(entry, names.planned);
    return new Plan(
        number(entry, names.deleted),
        planned.isPresent() ? Fingerprints.ofBytes(planned.get()) : Fingerprints.NONE,
        findString(entry, names.through));
  }

  private static Optional<Scan> scan(Map<String, AttributeValue> entry) {
    Optional<String> through = findString(entry, "scanned");
    return through.isPresent()
        ? Optional.of(new Scan(through.get(), findInstant(entry, "lastAt")))
        : Optional.empty();
  }
}
