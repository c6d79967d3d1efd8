package conversations.deletion.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.local.http.Listening;
import conversations.deletion.local.template.Account;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes of tests look for free ports at the same time. */
class FreePortIT {

  private static final Account ACCOUNT = new Account("123456789012", "eu-central-1", "stack");

  private ServerSocket others;
  private int next;

  @BeforeEach
  void takePort() throws IOException {
    others = new ServerSocket(0);
    next = FreePort.find();
  }

  @AfterEach
  void giveBack() throws IOException {
    others.close();
  }

  @Test
  void sqsTakesTheNextPortWhereAnotherWasFaster() {
    try (ElasticMq sqs = ElasticMq.start(Listening.HERE, ACCOUNT, takenThenFree())) {
      assertThat(sqs.endpoint()).hasPort(next);
    }
  }

  @Test
  void whatFailsForAnotherReasonIsNotTriedAgain() {
    ArrayDeque<Integer> ports = new ArrayDeque<>(List.of(1, 2));

    assertThatThrownBy(
            () ->
                FreePort.start(
                    ports::remove,
                    _ -> {
                      throw new IOException("no memory");
                    }))
        .hasRootCauseMessage("no memory");
    assertThat(ports).containsExactly(2);
  }

  private IntSupplier takenThenFree() {
    Queue<Integer> ports = new ArrayDeque<>(List.of(others.getLocalPort(), next));
    return ports::remove;
  }
}
