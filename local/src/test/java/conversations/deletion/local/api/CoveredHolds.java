package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.local.api.Service.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** Holds in all that their answers can show. */
final class CoveredHolds {

  private static final String ON_USER =
      "{\"cId\":\"%s\",\"reason\":\"A case\",\"reviewAt\":\"2031-01-01T00:00:00Z\"}";

  private final Service service;

  CoveredHolds(Service service) {
    this.service = service;
  }

  /** Those of conversations that expire, and of a channel user that a job waits for. */
  void followToTheirRelease() {
    Instant yesterday = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(36));
    String user = "u-held";
    List<String> seeded = service.seed(service.bot, user, 1, yesterday);
    for (int status : List.of(201, 200)) {
      expect(status, service.hold("user", ON_USER.formatted(user)));
      expect(status, service.hold("ids", ofIds(seeded)));
    }
    expect(202, service.submit("{\"cId\":\"%s\"}".formatted(user)));

    service.runOffPeak();

    for (String hold : List.of("user", "ids")) {
      expect(200, service.get(service.holdsPath() + "/" + hold));
      expect(200, service.release(hold));
      expect(200, service.get(service.holdsPath() + "/" + hold));
    }
    expect(200, service.get(service.holdsPath()));
    expect(200, service.get(service.holdsPath() + "?limit=1"));
  }

  void makeEveryFault() {
    expect(409, service.hold("ids", ofIds(List.of("c-1"))));
    expect(201, service.hold("other", ofIds(List.of("c-1"))));
    expect(409, service.hold("other", ofIds(List.of("c-2"))));
    expect(400, service.hold("bad%20id", "{\"cId\":\"u-1\"}"));
    expect(400, service.hold("new", "{\"cId\":\"u-1\",\"reason\":\" \"}"));
    expect(
        400, service.hold("new", ofIds(IntStream.range(0, 91).mapToObj(i -> "c-" + i).toList())));
    expect(400, service.get(service.holdsPath() + "?limit=51"));
    expect(
        415,
        service.send(
            HttpRequest.newBuilder(service.request(service.holdsPath() + "/text").build().uri())
                .header("auth", service.app.token(Duration.ofMinutes(5)))
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString(ofIds(List.of("c-1"))))));
  }

  private static String ofIds(List<String> ids) {
    return "{\"conversationIds\":[\"%s\"],\"reason\":\"A case\"}"
        .formatted(String.join("\",\"", ids));
  }

  private static void expect(int status, Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
  }
}
