package conversations.deletion.application.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.AttachmentRefusedException;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Attachments.DeletedAttachments;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AttachmentDeleterTest {

  private static final DeleteResult ALL_DELETED =
      new DeleteResult(Set.of(), Map.of(), Optional.empty());
  private static final RuntimeException REFUSAL = new IllegalArgumentException("malformed");
  private static final RuntimeException DENIED = new IllegalStateException("no permission");

  private final List<List<Attachment>> requests = new ArrayList<>();
  private final List<Double> sentAt = new ArrayList<>();
  private final Map<Metric, Double> counted = new ConcurrentHashMap<>();
  private long nanos;

  @Test
  void sendsFullRequestsWhateverConversationTheyAreOf() {
    List<Attachment> all = new ArrayList<>(attachments("a", 1_999));
    all.addAll(attachments("b", 501));

    assertThat(delete(all, _ -> allDeleted())).isEqualTo(ALL_DELETED);

    assertThat(requests).extracting(List::size).containsExactly(1_000, 1_000, 500);
    assertThat(requests.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void deletesThreeThousandASecond() {
    delete(attachments("a", 60_000), _ -> allDeleted());

    assertThat(nanos / 1e9).isCloseTo(20, within(0.5));
    for (int second = 0; second < 19; second++) {
      int from = second;
      assertThat(sentAt.stream().filter(at -> at >= from && at < from + 1))
          .as("requests in second %d", second)
          .hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void getsSlowerWhereMostIsLeftAndIsDoneAllTheSame() {
    // A bucket that takes 300 a second.
    double[] taken = {0};
    DeleteResult result =
        delete(
            attachments("a", 3_000),
            batch -> {
              int room = (int) Math.max(0, Math.min(batch.size(), 300 * nanos / 1e9 - taken[0]));
              taken[0] += room;
              return new DeletedAttachments(batch.subList(room, batch.size()), Map.of());
            });

    assertThat(result).isEqualTo(ALL_DELETED);
    assertThat(nanos / 1e9).isBetween(10.0, 40.0);
    assertThat(counted.get(Metric.DELETES_THROTTLED)).isPositive();
  }

  @Test
  void sendsAgainWhatWasLeftUnprocessed() {
    Set<Attachment> once = new HashSet<>();
    Set<Attachment> deleted = new HashSet<>();

    DeleteResult result =
        delete(
            attachments("a", 2_000),
            batch -> {
              List<Attachment> left =
                  batch.stream().filter(one -> one.key().endsWith("7")).filter(once::add).toList();
              deleted.addAll(batch);
              left.forEach(deleted::remove);
              return new DeletedAttachments(left, Map.of());
            });

    assertThat(result).isEqualTo(ALL_DELETED);
    assertThat(deleted).hasSize(2_000);
    assertThat(counted).containsEntry(Metric.DELETES_THROTTLED, 200.0);
  }

  /** As where each key needs a request of its own: S3 has refused none. */
  @Test
  void doesNotGetSlowerForWhatWasNotSent() {
    DeleteResult result =
        delete(
            attachments("a", 1_000),
            batch -> {
              nanos += Duration.ofMillis(20).toNanos();
              return new DeletedAttachments(List.of(), Map.of(), batch.subList(1, batch.size()));
            });

    assertThat(result).isEqualTo(ALL_DELETED);
    assertThat(requests).hasSize(1_000);
    assertThat(nanos / 1e9).isLessThan(21);
    assertThat(counted.getOrDefault(Metric.DELETES_THROTTLED, 0.0)).isZero();
  }

  @Test
  void tellsWhoseAttachmentWasRefused() {
    Attachment locked = attachments("locked", 3).get(1);
    List<Attachment> all = new ArrayList<>(attachments("locked", 3));
    all.addAll(attachments("healthy", 5));

    DeleteResult result =
        delete(all, _ -> new DeletedAttachments(List.of(), Map.of(locked, "AccessDenied")));

    assertThat(result.failure()).isEmpty();
    assertThat(result.refused()).containsOnlyKeys(locked.conversation());
    assertThat(result.refused().get(locked.conversation()))
        .isInstanceOf(AttachmentRefusedException.class)
        .hasMessageContaining("AccessDenied");
    assertThat(requests).as("what is refused is not sent again").hasSize(1);
  }

  @Test
  void halvesARequestThatIsRefusedAsAWholeDownToTheOneAttachment() {
    Attachment poison = attachments("poisoned", 1).getFirst();
    List<Attachment> all = new ArrayList<>(attachments("healthy", 1_000));
    all.set(400, poison);
    Set<Attachment> deleted = new HashSet<>();

    DeleteResult result =
        delete(
            all,
            batch -> {
              if (batch.contains(poison)) {
                throw REFUSAL;
              }
              deleted.addAll(batch);
              return allDeleted();
            });

    assertThat(result.refused()).isEqualTo(Map.of(poison.conversation(), REFUSAL));
    assertThat(deleted).hasSize(999).doesNotContain(poison);
    assertThat(requests.stream().filter(one -> one.contains(poison)).map(List::size))
        .containsExactly(1_000, 500, 250, 125, 62, 31, 16, 8, 4, 2, 1);
  }

  @Test
  void isRefusedAsAWholeAndNotInHalvesWhereAPermissionIsMissing() {
    List<Attachment> all = new ArrayList<>(attachments("a", 500));
    all.addAll(attachments("b", 500));

    DeleteResult result =
        delete(
            all,
            _ -> {
              throw DENIED;
            });

    assertThat(requests).hasSize(1);
    assertThat(result.refused())
        .containsOnlyKeys(new ConversationId("a"), new ConversationId("b"))
        .containsValue(DENIED);
  }

  @Test
  void startsNoRequestThatCouldOutlastTheRight() {
    DeleteResult result =
        delete(
            attachments("a", 60_000),
            _ -> {
              nanos += Duration.ofSeconds(10).toNanos();
              return allDeleted();
            });

    assertThat(result.failure()).containsInstanceOf(OutOfTimeException.class);
    assertThat(requests).as("at 0, 10, 20, 30, 40 and 50 of 60 seconds").hasSize(6);
  }

  @Test
  void doesNotBeginAConversationAfterTheMoment() {
    List<Attachment> all = new ArrayList<>(attachments("a", 1_500));
    all.addAll(attachments("b", 1_000));
    ConversationId b = new ConversationId("b");
    FirstDeletes first =
        new FirstDeletes(Set.of(new ConversationId("a"), b), Duration.ofMillis(100).toNanos());

    DeleteResult result = deleter(_ -> allDeleted()).delete(right(), all, first);

    assertThat(result).isEqualTo(new DeleteResult(Set.of(b), Map.of(), Optional.empty()));
    assertThat(requests.stream().flatMap(List::stream))
        .as("what was begun is finished")
        .containsExactlyInAnyOrderElementsOf(attachments("a", 1_500));
  }

  private static DeletedAttachments allDeleted() {
    return new DeletedAttachments(List.of(), Map.of());
  }

  private static List<Attachment> attachments(String conversation, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Attachment(
                    new BotId("st-1"),
                    new ConversationId(conversation),
                    "st-1/" + conversation + "/" + i,
                    "v",
                    Instant.EPOCH,
                    1))
        .toList();
  }

  private DeleteResult delete(
      Collection<Attachment> all, Function<List<Attachment>, DeletedAttachments> answer) {
    return deleter(answer).delete(right(), all, FirstDeletes.NONE);
  }

  private DeleteRight right() {
    return TestRight.lasting(Duration.ofSeconds(60), "1", () -> nanos);
  }

  private AttachmentDeleter deleter(Function<List<Attachment>, DeletedAttachments> answer) {
    return new AttachmentDeleter(
        new Bucket(answer),
        new Outages() {
          @Override
          public boolean isOutage(Throwable failure) {
            return false;
          }

          @Override
          public boolean isOutside(Throwable failure) {
            return failure == DENIED;
          }
        },
        new Clocks(() -> Instant.EPOCH, () -> nanos, pause -> nanos += pause.toNanos()),
        (metric, amount) -> counted.merge(metric, amount, Double::sum));
  }

  /** Takes deletes only. */
  private final class Bucket implements Attachments {

    private final Function<List<Attachment>, DeletedAttachments> answer;

    Bucket(Function<List<Attachment>, DeletedAttachments> answer) {
      this.answer = answer;
    }

    @Override
    public DeletedAttachments delete(List<Attachment> attachments) {
      requests.add(attachments);
      sentAt.add(nanos / 1e9);
      return answer.apply(attachments);
    }

    @Override
    public boolean canBeOf(ConversationId conversation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AttachmentPage list(
        BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
      throw new UnsupportedOperationException();
    }

    @Override
    public UploadPage uploads(BotId bot, ConversationId conversation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void abort(Upload upload) {
      throw new UnsupportedOperationException();
    }
  }
}
