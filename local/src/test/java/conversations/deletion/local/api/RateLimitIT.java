package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import conversations.deletion.local.api.Service.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A bot's rate limits, as its callers meet them. */
class RateLimitIT {

  private static final int AT_ONCE = 50;

  private static Service limitedTo(int requestsPerMinute, int requestsPerHour) {
    return new Service(
        AwsPeer.options()
            .withParameter("RequestsPerMinute", Integer.toString(requestsPerMinute))
            .withParameter("RequestsPerHour", Integer.toString(requestsPerHour)));
  }

  @Test
  void requestsAreCountedWhateverTheyAreAnsweredUntilTheMinuteIsUsedUp() {
    try (Service service = limitedTo(4, 100)) {
      List<Reply> replies =
          List.of(
              service.submit("{\"conversationIds\":[\"69eb0c87ec444445976a1b2c\"]}"),
              service.submit("{\"starDate\":1}"),
              service.job("cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c"),
              service.get(service.changeLogPath()));

      assertThat(replies).extracting(Reply::status).containsExactly(202, 400, 404, 200);
      for (int i = 0; i < replies.size(); i++) {
        assertThat(replies.get(i).header("RateLimit-Policy"))
            .isEqualTo("\"minute\";q=4;w=60, \"hour\";q=100;w=3600");
        assertThat(replies.get(i).header("RateLimit"))
            .matches(
                "\"minute\";r=%d;t=\\d{1,2}, \"hour\";r=%d;t=3[56]\\d\\d".formatted(3 - i, 99 - i));
      }

      int jobs = jobs(service);
      Reply refused = service.submit("{\"conversationIds\":[\"69eb0c87ec444445976a1b2d\"]}");

      assertRefused(refused, "The bot's limit of 4 requests a minute is reached.", 60);
      assertThat(refused.header("RateLimit"))
          .isEqualTo("\"minute\";r=0;t=" + refused.header("Retry-After"));
      assertThat(refused.header("RateLimit-Policy"))
          .isEqualTo("\"minute\";q=4;w=60, \"hour\";q=100;w=3600");
      assertThat(jobs(service)).isEqualTo(jobs);
      assertRefused(
          service.get(service.changeLogPath()),
          "The bot's limit of 4 requests a minute is reached.",
          60);
      assertThat(changeLogOfTheNeighbour(service).header("RateLimit"))
          .startsWith("\"minute\";r=3;");
    }
  }

  private static Reply changeLogOfTheNeighbour(Service service) {
    ClientApp app = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    service
        .aws
        .registrations()
        .register(app, "Neighbour", Map.of(service.neighbourBot, Set.of(Service.LOGS_HISTORY)));
    return service.send(
        service
            .request(changeLog(service.neighbourBot))
            .header("auth", app.token(Duration.ofMinutes(5)))
            .GET());
  }

  private static int jobs(Service service) {
    return service
        .aws
        .clients()
        .dynamoDb()
        .scan(request -> request.tableName(service.aws.tableName("DeletionJobsTable")))
        .count();
  }

  @Test
  void whatIsNotAuthorisedCountsForNoBotAndIsLimitedAllTheSame() {
    try (Service service = limitedTo(1, 100)) {
      Reply ofAnotherBot = service.get(changeLog("st-nobody"));
      assertThat(ofAnotherBot.status()).isEqualTo(403);
      assertThat(ofAnotherBot.header("RateLimit")).isEmpty();
      for (int i = 0; i < 3; i++) {
        assertThat(service.send(service.request(service.changeLogPath()).GET()).status())
            .isEqualTo(401);
        assertThat(service.get(changeLog("st-nobody")).status()).isEqualTo(429);
      }

      assertThat(service.get(service.changeLogPath()).status()).isEqualTo(200);
    }
  }

  @Test
  void theHoursLimitHoldsWhereTheMinutesDoesNot() {
    try (Service service = limitedTo(100, 3)) {
      IntStream.range(0, 3)
          .forEach(_ -> assertThat(service.get(service.changeLogPath()).status()).isEqualTo(200));

      Reply refused = service.get(service.changeLogPath());

      assertRefused(refused, "The bot's limit of 3 requests an hour is reached.", 3660);
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isGreaterThan(3540);
      assertThat(refused.header("RateLimit"))
          .isEqualTo("\"hour\";r=0;t=" + refused.header("Retry-After"));
    }
  }

  /** The requests go to three functions that know of each other only through the table. */
  @Test
  void ofSimultaneousRequestsExactlyAsManyAreServedAsTheLimitLeaves() throws Exception {
    AwsPeer.require(Capability.ATOMIC_WRITES);
    try (Service service = limitedTo(60, 1800)) {
      List<Reply> withinTheLimit = sendAtOnce(service);
      List<Reply> beyondIt = sendAtOnce(service);

      assertThat(withinTheLimit).extracting(Reply::status).containsOnly(200, 400, 404);
      assertThat(withinTheLimit)
          .extracting(reply -> reply.header("RateLimit").replaceAll(";t=.*", ""))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(10, 60).mapToObj(left -> "\"minute\";r=" + left).toList());
      List<Reply> refused = beyondIt.stream().filter(reply -> reply.status() == 429).toList();
      assertThat(refused).hasSize(AT_ONCE - 10);
      assertThat(refused)
          .allSatisfy(
              reply ->
                  assertRefused(reply, "The bot's limit of 60 requests a minute is reached.", 60));
    }
  }

  private static List<Reply> sendAtOnce(Service service) throws InterruptedException {
    String token = service.app.token(Duration.ofMinutes(5));
    List<Callable<Reply>> requests =
        IntStream.range(0, AT_ONCE)
            .<Callable<Reply>>mapToObj(
                i -> () -> service.send(request(service, i).header("auth", token)))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(requests).stream().map(Future::resultNow).toList();
    }
  }

  private static HttpRequest.Builder request(Service service, int i) {
    return switch (i % 3) {
      case 0 -> service.request(service.changeLogPath()).GET();
      case 1 -> service.request(service.jobsPath() + "/no-job").GET();
      default -> service.request(service.jobsPath()).POST(BodyPublishers.ofString("{}"));
    };
  }

  private static String changeLog(String bot) {
    return "/api/public/bot/" + bot + "/changelogs";
  }

  private static void assertRefused(Reply reply, String detail, int longestWait) {
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.body().path("title").asText()).isEqualTo("Too Many Requests");
    assertThat(reply.body().path("detail").asText()).isEqualTo(detail);
    assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, longestWait);
  }
}
