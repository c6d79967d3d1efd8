package conversations.deletion.adapter.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBodyTest {

  private static final BotId BOT = new BotId("st-1");
  private static final JobRef JOB = new JobRef(BOT, JobId.of(BOT, new ClientAppId("app-1"), "one"));

  @Test
  void isReadAsItWasWritten() {
    assertThat(MessageBody.read(MessageBody.write(JOB))).contains(JOB);
  }

  @Test
  void namesABotAndAJobAndNothingElse() {
    assertThat(MessageBody.write(JOB))
        .isEqualTo("{\"botId\":\"st-1\",\"jobId\":\"" + JOB.job() + "\"}");
  }

  /** If reading threw, the message would come back again and again, and hold up those behind it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "1",
        "\"text\"",
        "hello",
        "{",
        "{}",
        "{\"botId\":null,\"jobId\":null}",
        "{\"botId\":1,\"jobId\":2}",
        "{\"botId\":\"st 1\",\"jobId\":\"cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c\"}",
        "{\"botId\":\"st-1\",\"jobId\":\"1\"}",
        "{\"botId\":\"st-1\"}"
      })
  void isForeignIfItIsAnythingElse(String body) {
    assertThat(MessageBody.read(body)).isEmpty();
  }

  @Property
  void readingNeverThrows(@ForAll String body) {
    assertThat(MessageBody.read(body)).isEmpty();
  }
}
