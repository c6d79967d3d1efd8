package conversations.deletion.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttachedTest {

  @Test
  void aConversationTakesThreeListsWhateverItHas() {
    assertThat(Attached.of(Shape.of(5, 10), 0).leastRequests()).isEqualTo(5 * 3);
  }

  @Test
  void aPreviewListsTheVersionsAlone() {
    assertThat(Attached.of(Shape.of(5, 10), 0).leastPreviewLists()).isEqualTo(5);
    assertThat(Attached.of(Shape.of(5, 10), 2_001).leastPreviewLists()).isEqualTo(5 * 3);
  }

  @Test
  void deletesArePackedAcrossConversations() {
    assertThat(Attached.of(Shape.of(5, 10), 400).leastLists()).isEqualTo(5 * 3);
    assertThat(Attached.of(Shape.of(5, 10), 400).leastRequests()).isEqualTo(5 * 3 + 2);
  }

  @Test
  void aPageAndADeleteHaveAThousand() {
    assertThat(Attached.of(Shape.of(1, 10), 100_000).leastRequests()).isEqualTo(100 + 2 + 100);
  }
}
