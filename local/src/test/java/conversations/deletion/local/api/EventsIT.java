package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the sample events unchanged through the functions that they are for. */
class EventsIT {

  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @MethodSource("conversations.deletion.local.api.SampleEvent#all")
  void anEventIsHandledAsItsReadmeSays(SampleEvent event) throws IOException {
    event.isHandledAsExpected(service.aws.invoker(), service.aws.template());
  }

  @Test
  void everySampleEventIsTriedHere() throws IOException {
    assertThat(SampleEvent.all().map(SampleEvent::file))
        .containsExactlyInAnyOrderElementsOf(SampleEvent.files());
  }
}
