package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.api.Service.Reply;
import conversations.deletion.local.sample.Census;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The service while its off-peak window is closed. */
class OutsideTheWindowIT {

  @Test
  void acceptsAJobTellsWhenItIsDueAndDeletesNothing() {
    Instant now = Instant.now();
    int farthestHour = (now.atOffset(ZoneOffset.UTC).getHour() + 12) % 24;
    try (Service service =
        new Service(
            AwsPeer.options().withParameter("OffPeakHours", Integer.toString(farthestHour)))) {
      List<String> asked =
          service.seed(service.bot, service.user, 1, now.minus(Duration.ofDays(1)));
      Census before = service.census();

      Reply accepted = service.submit("{\"conversationIds\":[\"" + asked.getFirst() + "\"]}");
      boolean windowIsOpen = service.runOffPeak().path("windowIsOpen").asBoolean();

      assertThat(accepted.status()).isEqualTo(202);
      assertThat(windowIsOpen).isFalse();
      JsonNode job = service.job(accepted.body().path("jobId").asText()).body();
      assertThat(job.path("status").asText()).isEqualTo("queued");
      assertThat(Instant.parse(job.path("scheduledAt").asText())).isAfter(now);
      assertThat(Long.parseLong(accepted.header("Retry-After")))
          .isCloseTo(
              Duration.between(now, Instant.parse(job.path("scheduledAt").asText())).toSeconds(),
              offset(10L));
      assertThat(before.compare(service.census(), List.of()).isExact()).isTrue();
    }
  }
}
