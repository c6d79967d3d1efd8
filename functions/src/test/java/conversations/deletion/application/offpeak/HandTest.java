package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.offpeak.InHand.Taking;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HandTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ConversationId ONE = new ConversationId("c-1");
  private static final ConversationId OTHER = new ConversationId("c-2");

  private double recordsSoon = 100_000;
  private final InHand inHand =
      new InHand(_ -> recordsSoon, new Clocks(() -> Instant.EPOCH, () -> 0, _ -> {}));
  private final Hand first = hand(1);
  private final Hand second = hand(2);

  private Hand hand(int job) {
    return inHand.open(Jobs.queued(BOT, job, Instant.EPOCH));
  }

  @Test
  void takesNothingThatIsInAnotherHand() {
    assertThat(first.take(ONE)).isEqualTo(Taking.TAKEN);
    assertThat(second.take(ONE)).isEqualTo(Taking.IN_ANOTHER_HAND);

    first.letGo(ONE);

    assertThat(second.take(ONE)).isEqualTo(Taking.TAKEN);
  }

  @Test
  void takesNoMoreThanTheTableTakesSoon() {
    recordsSoon = 250;

    assertThat(first.take(ONE)).as("something has to be taken").isEqualTo(Taking.TAKEN);
    assertThat(second.take(OTHER)).isEqualTo(Taking.NO_ROOM);
  }

  @Test
  void knowsWhatAnotherJobHasJustDeleted() {
    first.take(ONE);
    first.deleted(ONE);
    first.letGo(ONE);

    second.take(ONE);

    assertThat(second.isAfterAnotherJob(ONE)).isTrue();
  }
}
