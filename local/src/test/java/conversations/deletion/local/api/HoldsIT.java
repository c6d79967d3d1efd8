package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.local.api.Service.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds as a client app places, lists and releases them. */
class HoldsIT {

  private static final Instant TWO_DAYS_AGO =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(36));

  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String newId() {
    return "case-" + UUID.randomUUID();
  }

  private static String body(List<String> conversations) {
    return conversations.stream()
        .map(id -> "\"" + id + "\"")
        .collect(Collectors.joining(",", "{\"reason\":\"A case\",\"conversationIds\":[", "]}"));
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "kept-" + i).toList();
  }

  private static Reply find(String hold) {
    return service.get(service.holdsPath() + "/" + hold);
  }

  @Test
  void placesAHoldThatHoldsHalfAMinuteLater() {
    String id = newId();
    Instant before = Instant.now();

    Reply placed = service.hold(id, body(ids(2)));

    assertThat(placed.status()).as(placed.text()).isEqualTo(201);
    assertThat(Instant.parse(placed.body().path("heldFrom").asText()))
        .isBetween(before.plusSeconds(29), Instant.now().plusSeconds(31));
    Reply again = service.hold(id, body(ids(2).reversed()));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(placed.body());
    assertThat(find(id).body().path("heldFrom")).isEqualTo(placed.body().path("heldFrom"));
  }

  @Test
  void refusesAnotherBodyForTheSameIdAndTheIdOfAReleasedHold() {
    String id = newId();
    service.hold(id, body(ids(2)));

    assertThat(service.hold(id, body(ids(1))).faults()).containsExactly("holdId: hold_exists");
    assertThat(service.release(id).status()).isEqualTo(200);
    Reply spent = service.hold(id, body(ids(2)));
    assertThat(spent.status()).isEqualTo(409);
    assertThat(spent.faults()).containsExactly("holdId: hold_released");
  }

  @Test
  void holdsNinetyConversationsAndNoMore() {
    assertThat(service.hold(newId(), body(ids(90))).status()).isEqualTo(201);
    Reply tooMany = service.hold(newId(), body(ids(91)));
    assertThat(tooMany.status()).isEqualTo(400);
    assertThat(tooMany.faults()).containsExactly("conversationIds: too_many_ids");
  }

  @Test
  void tellsTheEarliestExpiryThatItSaw() {
    List<String> seeded = service.seed(service.bot, "u-" + UUID.randomUUID(), 2, TWO_DAYS_AGO);

    Reply placed = service.hold(newId(), body(seeded));

    assertThat(Instant.parse(placed.body().path("earliestExpiresAt").asText()))
        .isAfter(Instant.now());
    assertThat(service.hold(newId(), body(ids(1))).body().has("earliestExpiresAt")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%2Fb", "a%20b", "a%23b", "LONG"})
  void refusesABadId(String form) {
    String id = form.equals("LONG") ? "x".repeat(300) : form;

    Reply reply = service.hold(id, "{\"cId\":\"u-1\"}");

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.faults()).containsExactly("holdId: invalid_id", "reason: missing_reason");
    assertThat(find(id).status()).isEqualTo(404);
    assertThat(service.release(id).status()).isEqualTo(404);
  }

  @Test
  void placedTwiceAtOnceIsOneHold() throws Exception {
    String id = newId();
    Callable<Reply> place = () -> service.hold(id, body(ids(3)));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Reply> replies =
          threads.invokeAll(List.of(place, place, place, place)).stream()
              .map(Future::resultNow)
              .toList();

      assertThat(replies).extracting(Reply::status).isSubsetOf(200, 201).contains(201);
      assertThat(replies)
          .extracting(reply -> reply.body().path("heldFrom").asText())
          .containsOnly(find(id).body().path("heldFrom").asText());
    }
  }

  @Test
  void pagesThroughTheBotsHolds() {
    List<String> placed = IntStream.range(0, 3).mapToObj(i -> "aaa-" + i).toList();
    placed.forEach(id -> service.hold(id, body(ids(1))));

    JsonNode first = service.get(service.holdsPath() + "?limit=2").body();
    JsonNode next =
        service
            .get(service.holdsPath() + "?limit=1&nextToken=" + first.path("nextToken").asText())
            .body();

    assertThat(first.path("holds").findValuesAsText("holdId")).isEqualTo(placed.subList(0, 2));
    assertThat(next.path("holds").findValuesAsText("holdId")).containsExactly(placed.getLast());
  }

  @Test
  void aJobWaitsForTheHoldAndTheHoldNamesIt() {
    String user = "u-" + UUID.randomUUID();
    List<String> seeded = service.seed(service.bot, user, 2, TWO_DAYS_AGO);
    String hold = newId();
    assertThat(service.hold(hold, body(seeded.subList(0, 1))).status()).isEqualTo(201);
    String job = service.submit("{\"cId\":\"" + user + "\"}").body().path("jobId").asText();

    service.runOffPeak();

    JsonNode state = service.job(job).body();
    assertThat(state.path("status").asText()).isEqualTo("on_hold");
    assertThat(state.at("/result/heldCount").asInt()).isEqualTo(1);
    assertThat(state.at("/result/deletedConversations").asInt()).isEqualTo(1);
    assertThat(service.get(service.jobsPath() + "?status=on_hold").text()).contains(job);
    assertThat(service.get(service.jobsPath() + "/" + job + "/conversations").text())
        .contains("\"reason\":\"held\"");
    assertThat(find(hold).body().at("/waitingJobs/0/jobId").asText()).isEqualTo(job);
    Reply released = service.release(hold);
    assertThat(released.body().at("/waitingJobs/0/jobId").asText()).isEqualTo(job);
    assertThat(Instant.parse(released.body().path("holdsUntil").asText())).isAfter(Instant.now());
  }
}
