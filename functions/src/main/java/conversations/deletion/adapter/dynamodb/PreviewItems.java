package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.map;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewCounts;
import conversations.deletion.domain.PreviewFailure;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewProgress;
import conversations.deletion.domain.PreviewRef;
import conversations.deletion.domain.PreviewState;
import conversations.deletion.domain.PreviewStatus;
import conversations.deletion.domain.RequestFingerprint;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the table of previews. What jobs have too has the same name there. {@code
 * leaseUntil}, {@code fence}, {@code openGroup} and {@code sweepAt} serve leases and sweeps, as
 * with jobs.
 */
final class PreviewItems {

  static final String PREVIEW_ID = "previewId";
  static final String GOOD_UNTIL = "goodUntil";

  /** The ids of the jobs that were made of the preview: a set. */
  static final String JOBS = "madeJobs";

  static final String CHUNKS = "chunkCount";

  /** The index by the group and {@code sweepAt}. */
  static final String OPEN_PREVIEWS = "OpenPreviews";

  private static final String FAILURE = "failureReason";
  private static final String COUNTED_BEFORE = "countedBefore";
  private static final String COUNTED_LAST = "countedLast";
  private static final String POSITION = "indexPosition";
  private static final String ALL_FOUND = "allFound";

  /** Absent on the previews of an older version, and so is the next one. */
  private static final String HELD = "held";

  private static final String HELD_IN_CONFIDENCE = "heldInConfidence";

  private PreviewItems() {}

  static Map<String, AttributeValue> key(PreviewRef preview) {
    return Map.of(
        JobAttributes.BOT_ID, s(preview.bot().value()), PREVIEW_ID, s(preview.preview().value()));
  }

  static PreviewRef ref(Map<String, AttributeValue> item) {
    return new PreviewRef(
        new BotId(string(item, JobAttributes.BOT_ID)), new PreviewId(string(item, PREVIEW_ID)));
  }

  static Map<String, AttributeValue> write(Preview preview) {
    Map<String, AttributeValue> item = new HashMap<>(key(preview.ref()));
    item.put(JobAttributes.CLIENT_APP_ID, s(preview.requestedBy().value()));
    item.put(JobAttributes.SUBMITTED_AT, s(preview.submittedAt()));
    item.putAll(TargetAttributes.write(preview.target()));
    preview
        .requestFingerprint()
        .ifPresent(it -> item.put(JobAttributes.REQUEST_FINGERPRINT, s(it.value())));
    write(preview.state()).forEach((name, value) -> value.ifPresent(one -> item.put(name, one)));
    return item;
  }

  /** The attributes of a state. An attribute that is to be absent is empty. */
  static Map<String, Optional<AttributeValue>> write(PreviewState state) {
    Map<String, Optional<AttributeValue>> attributes = new LinkedHashMap<>();
    attributes.put(JobAttributes.STATUS, Optional.of(s(state.status().text())));
    attributes.put(JobAttributes.COMPLETED_AT, s(state.completedAt()));
    attributes.put(GOOD_UNTIL, s(state.goodUntil()));
    attributes.put(FAILURE, state.failure().map(it -> s(it.text())));
    attributes.put(JobAttributes.STUCK_SINCE, s(state.stuckSince()));
    attributes.put(JobAttributes.OWN_FAILURES, Optional.of(n(state.ownFailures())));
    PreviewProgress progress = state.progress();
    attributes.put(CHUNKS, Optional.of(n(progress.chunks())));
    attributes.put(COUNTED_BEFORE, Optional.of(counts(progress.settled())));
    attributes.put(COUNTED_LAST, Optional.of(counts(progress.last())));
    attributes.put(POSITION, progress.position().map(PositionAttributes::write));
    attributes.put(
        ALL_FOUND, progress.isAllFound() ? Optional.of(Attributes.bool(true)) : Optional.empty());
    return attributes;
  }

  private static AttributeValue counts(PreviewCounts counts) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("conversations", n(counts.conversations()));
    item.put("open", n(counts.open()));
    item.put("failing", n(counts.failing()));
    item.put("notFound", n(counts.notFound()));
    item.put("beforeStart", n(counts.beforeStart()));
    item.put(HELD, n(counts.held()));
    item.put(HELD_IN_CONFIDENCE, n(counts.heldInConfidence()));
    item.putAll(ExtentAttributes.write(counts.extent()));
    if (counts.started().isPresent()) {
      item.put("firstStartedAt", s(counts.started().get().from()));
      item.put("lastStartedAt", s(counts.started().get().to()));
    }
    return Attributes.map(item);
  }

  static Preview read(Map<String, AttributeValue> item) {
    PreviewRef ref = ref(item);
    Optional<String> fingerprint = findString(item, JobAttributes.REQUEST_FINGERPRINT);
    return new Preview(
        ref.bot(),
        ref.preview(),
        new ClientAppId(string(item, JobAttributes.CLIENT_APP_ID)),
        TargetAttributes.read(item),
        instant(item, JobAttributes.SUBMITTED_AT),
        readState(item),
        fingerprint.isPresent()
            ? Optional.of(new RequestFingerprint(fingerprint.get()))
            : Optional.empty());
  }

  private static PreviewState readState(Map<String, AttributeValue> item) {
    Optional<String> failure = findString(item, FAILURE);
    return new PreviewState(
        PreviewStatus.of(string(item, JobAttributes.STATUS)),
        findInstant(item, JobAttributes.COMPLETED_AT),
        findInstant(item, GOOD_UNTIL),
        failure.isPresent() ? Optional.of(PreviewFailure.of(failure.get())) : Optional.empty(),
        new PreviewProgress(
            readCounts(map(item, COUNTED_BEFORE)),
            readCounts(map(item, COUNTED_LAST)),
            Math.toIntExact(number(item, CHUNKS)),
            item.containsKey(POSITION)
                ? Optional.of(PositionAttributes.read(map(item, POSITION)))
                : Optional.empty(),
            item.containsKey(ALL_FOUND)),
        findInstant(item, JobAttributes.STUCK_SINCE),
        Math.toIntExact(findNumber(item, JobAttributes.OWN_FAILURES).orElse(0L)));
  }

  private static PreviewCounts readCounts(Map<String, AttributeValue> item) {
    Optional<Instant> first = findInstant(item, "firstStartedAt");
    return new PreviewCounts(
        number(item, "conversations"),
        number(item, "open"),
        number(item, "failing"),
        number(item, "notFound"),
        number(item, "beforeStart"),
        findNumber(item, HELD).orElse(0L),
        findNumber(item, HELD_IN_CONFIDENCE).orElse(0L),
        ExtentAttributes.read(item),
        first.isPresent()
            ? Optional.of(new DateRange(first.get(), instant(item, "lastStartedAt")))
            : Optional.empty());
  }
}
