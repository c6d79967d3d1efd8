package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.JobId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeLogItemsTest {

  private static final Instant AT = Instant.parse("2026-05-08T06:22:56.097Z");
  private static final JobId JOB = JobId.of(new BotId("st-1"), new ClientAppId("app-1"), "one");

  private static ChangeLogEntry entry(Optional<ClientAppId> clientApp) {
    return new ChangeLogEntry(
        "cl-1", new BotId("st-1"), ChangeLogEntry.Resource.of(JOB), clientApp, "It was.", AT);
  }

  @Test
  void areLegible() {
    assertThat(ChangeLogItems.write(entry(Optional.of(new ClientAppId("app-1")))))
        .isEqualTo(
            Map.of(
                "botId", s("st-1"),
                "entryKey", s("2026-05-08T06:22:56.097Z#cl-1"),
                "id", s("cl-1"),
                "resourceId", s(JOB.value()),
                "resourceType", s("conversationDeletionJob"),
                "appId", s("app-1"),
                "message", s("It was."),
                "createdOn", s("2026-05-08T06:22:56.097Z")));
  }

  @Test
  void areReadAsTheyWereWritten() {
    ChangeLogEntry byClientApp = entry(Optional.of(new ClientAppId("app-1")));
    ChangeLogEntry byService = entry(Optional.empty());
    ChangeLogEntry ofHold =
        new ChangeLogEntry(
            "cl-1",
            new BotId("st-1"),
            ChangeLogEntry.Resource.of(new HoldId("case-7")),
            Optional.empty(),
            "It was.",
            AT);

    assertThat(ChangeLogItems.read(ChangeLogItems.write(byClientApp))).isEqualTo(byClientApp);
    assertThat(ChangeLogItems.read(ChangeLogItems.write(byService))).isEqualTo(byService);
    assertThat(ChangeLogItems.read(ChangeLogItems.write(ofHold))).isEqualTo(ofHold);
  }

  @Test
  void lieBetweenTheKeysOfTheirMoment() {
    String key = ChangeLogItems.write(entry(Optional.empty())).get("entryKey").s();

    assertThat(key)
        .isGreaterThan(ChangeLogItems.keyBefore(AT))
        .isLessThan(ChangeLogItems.keyAfter(AT))
        .isGreaterThan(ChangeLogItems.keyAfter(AT.minusMillis(1)))
        .isLessThan(ChangeLogItems.keyBefore(AT.plusMillis(1)));
  }
}
