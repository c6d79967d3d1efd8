package conversations.deletion.application.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoAttachmentsTest {

  /** Or every e-mail would speak of attachments. */
  @Test
  void sayThatThereAreNone() {
    assertThat(Attachments.NONE.mayExist()).isFalse();
  }
}
