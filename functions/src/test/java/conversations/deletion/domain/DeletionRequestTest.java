package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import conversations.deletion.domain.DeletionRequest.ByConversations;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeletionRequestTest {

  private static List<ConversationId> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> new ConversationId("c" + i)).toList();
  }

  @Test
  void aRepeatedIdCountsOnceAtItsFirstPlace() {
    ConversationId a = new ConversationId("a");
    ConversationId b = new ConversationId("b");

    assertThat(new ByConversations(List.of(b, a, b)).conversations()).containsExactly(b, a);
  }

  @Test
  void takesOneToAHundred() {
    assertThat(new ByConversations(ids(1)).conversations()).hasSize(1);
    assertThat(new ByConversations(ids(100)).conversations()).hasSize(100);
    assertThatIllegalArgumentException().isThrownBy(() -> new ByConversations(ids(0)));
    assertThatIllegalArgumentException().isThrownBy(() -> new ByConversations(ids(101)));
  }
}
