package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.dynamodb.DynamoDbHoldLooks;
import conversations.deletion.adapter.dynamodb.DynamoDbHolds;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.Holds;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.Hold.Release;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The holds of the engine's platform, as those who place and release them see them. */
final class PlacedHolds {

  private final Engine engine;
  private final Holds holds;

  PlacedHolds(Engine engine) {
    Stack stack = engine.stack;
    this.engine = engine;
    this.holds =
        new DynamoDbHolds(
            stack.dynamoDb(),
            stack.table("HoldsTable"),
            stack.table("ChangeLogTable"),
            Engine.RETENTION,
            new Silence());
  }

  /** The looks of a worker. */
  HoldLooks looks() {
    return new DynamoDbHoldLooks(
        engine.worker.dynamoDb(), engine.stack.table("HoldsTable"), new Silence());
  }

  Hold on(ConversationId... conversations) {
    return place(new HeldConversations(List.of(conversations)), false);
  }

  Hold inConfidenceOn(ConversationId... conversations) {
    return place(new HeldConversations(List.of(conversations)), true);
  }

  Hold onUser() {
    return place(new HeldChannelUser(engine.platform.user), false);
  }

  private Hold place(HoldTarget target, boolean isConfidential) {
    Instant now = engine.time.instant();
    HoldId id = new HoldId("case-" + (1 + holds.list(bot(), Optional.empty(), 50).holds().size()));
    HoldRequest request =
        new HoldRequest(target, new HoldReason("An inquiry"), Optional.empty(), isConfidential);
    Hold hold = Hold.placed(bot(), id, request, now, Jobs.CLIENT_APP);
    assertThat(holds.add(hold)).isEmpty();
    Instant heldFrom = now.plus(Duration.ofSeconds(30));
    assertThat(
            holds.promise(
                hold,
                heldFrom,
                isConfidential ? Optional.empty() : Optional.of(ChangeLogEntry.placed(hold))))
        .isTrue();
    return hold.heldFrom(heldFrom);
  }

  private BotId bot() {
    return engine.platform.bot();
  }

  /** Releases a hold; returns until when it still holds. */
  Instant release(Hold hold) {
    Instant now = engine.time.instant();
    Instant until = engine.window.openingOfNextWindow(now);
    holds.release(hold.released(new Release(now, Jobs.CLIENT_APP, until)), Optional.empty());
    return until;
  }
}
