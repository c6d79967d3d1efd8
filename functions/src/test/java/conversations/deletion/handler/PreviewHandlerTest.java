package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import conversations.deletion.testing.RecordedLog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreviewHandlerTest {

  private final RecordedLog log = new RecordedLog();

  @Test
  void aForeignMessageIsToldAndGoesToTheDeadLetterQueueInTheEnd() {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId("m-1");
    message.setBody("somebody's text");
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));

    assertThatExceptionOfType(RunFailedException.class)
        .isThrownBy(
            () ->
                new PreviewHandler(null, _ -> Optional.empty(), log)
                    .handleRequest(event, context()));
    assertThat(log.lines())
        .anySatisfy(
            line -> {
              assertThat(line.event()).isEqualTo("message_rejected");
              assertThat(line.fields().toString()).contains("m-1").doesNotContain("somebody");
            });
  }
}
