package conversations.deletion.application.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.IndexPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirePreviewTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ChannelUserConversations USER =
      new ChannelUserConversations(
          new ChannelUserId("u-1"), new DateRange(Instant.EPOCH, Instant.EPOCH));

  private final List<Integer> limits = new ArrayList<>();

  /** An index with so many entries, of which a page has at most so many. */
  private ConversationReads index(int entries, int aPage) {
    return new ConversationReads() {
      @Override
      public RecordPage read(
          BotId bot,
          ConversationId conversation,
          Optional<String> after,
          int limit,
          Consistency consistency) {
        throw new AssertionError("no record is read at submission");
      }

      @Override
      public IndexPage find(
          BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
        limits.add(limit);
        int from = after.map(position -> Integer.parseInt(position.recordKey())).orElse(0);
        int to = Math.min(entries, from + Math.min(limit, aPage));
        return new IndexPage(
            IntStream.range(from, to)
                .mapToObj(
                    i ->
                        new IndexEntry(new ConversationId("c-" + i), Optional.empty(), position(i)))
                .toList(),
            0,
            to < entries ? Optional.of(position(to)) : Optional.empty());
      }
    };
  }

  private static IndexPosition position(int number) {
    return new IndexPosition("", "", Integer.toString(number));
  }

  @ParameterizedTest
  @CsvSource({"9, false", "10, false", "11, true", "500, true"})
  void isRequiredAboveTheLimitAndNotAtIt(int entries, boolean isRequired) {
    assertThat(RequirePreview.above(10, index(entries, 4)).isRequired(BOT, USER))
        .isEqualTo(isRequired);
  }

  @Test
  void countsUpToTheLimitAndOne() {
    RequirePreview.above(10, index(5_000, 100)).isRequired(BOT, USER);

    assertThat(limits).containsExactly(11);
  }

  @Test
  void isNeverRequiredOfListedConversations() {
    assertThat(RequirePreview.above(1, index(100, 100)).isRequired(BOT, new ListedConversations()))
        .isFalse();
    assertThat(limits).isEmpty();
  }
}
