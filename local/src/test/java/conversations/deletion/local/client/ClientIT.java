package conversations.deletion.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.client.Main;
import conversations.deletion.client.key.ClientAppFile;
import conversations.deletion.client.registration.Bot;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import conversations.deletion.local.LocalAws;
import conversations.deletion.local.LocalDescription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command against the service on this machine, found by its {@code local.json}. */
class ClientIT {

  private static final String BOT = "st-" + UUID.randomUUID();
  private static final ClientApp APP = ClientApp.withNewSecret("app-" + UUID.randomUUID());

  @TempDir private static Path folder;
  private static LocalAws aws;

  private final Deletions deletions = new Deletions(aws, folder);

  @BeforeAll
  static void start() throws Exception {
    aws =
        LocalAws.start(
            AwsPeer.options()
                .withParameter("IndexSettleSeconds", "1")
                .withParameter("RequestsPerMinute", "1000"));
    aws.registrations()
        .register(new Bot(BOT, "Bot", "Owner", "owner@bots.example", Instant.now(), 365));
    aws.registrations()
        .register(
            APP,
            "App",
            Map.of(BOT, Set.of("Delete Conversations", "Hold Conversations", "Logs History")));
    Path description = folder.resolve("local/target/local.json");
    Files.createDirectories(description.getParent());
    new LocalDescription(aws, BOT, "owner@bots.example", APP).write(description);
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  private List<String> seeded(int conversations) {
    JsonNode answer = deletions.json("seed", "--conversations=" + conversations, "--records=12");
    return answer.path("conversationIds").valueStream().map(JsonNode::asText).toList();
  }

  private String submitted(List<String> conversations) {
    ArrayList<String> command = new ArrayList<>(List.of("submit"));
    command.addAll(conversations);
    return deletions.json(command.toArray(String[]::new)).path("jobId").asText();
  }

  @Test
  void followsAJobFromItsConversationsToTheMail() {
    List<String> conversations = seeded(3);
    String job = submitted(conversations);

    assertThat(deletions.done("status", job).out()).contains("queued", "0 of 3 done");
    assertThat(deletions.json("run-off-peak").path("recordsDeleted").asInt()).isEqualTo(36);
    Deletions.Outcome watched = deletions.done("watch", job);
    assertThat(watched.out()).contains("completed", "3 of 3 done", "36 deleted");
    assertThat(deletions.run("watch", job, "--json").json())
        .isEqualTo(deletions.json("status", job));
    assertThat(deletions.done("conversations", job).out())
        .contains(conversations)
        .contains("OUTCOME", "deleted");
    assertThat(deletions.json("conversations", job).path("conversations")).hasSize(3);
    assertThat(deletions.done("list").out()).contains(job, "3 of 3");
    assertThat(deletions.json("list", "--status=completed").path("jobs").findValuesAsText("jobId"))
        .contains(job);
    assertThat(deletions.done("change-log", "--limit=50").out())
        .contains("Deletion job %s submitted".formatted(job), APP.appId(), "system");
    assertThat(deletions.json("change-log").findValuesAsText("resourceId")).contains(job);
    assertThat(deletions.done("mails").out()).contains("owner@bots.example", job);
    assertThat(deletions.json("mails").findValuesAsText("subject").toString()).contains(job);
  }

  @Test
  void followsAHoldFromItsPlacingToItsRelease() {
    List<String> conversations = seeded(2);
    String hold = "case-" + UUID.randomUUID();
    String[] placing = {
      "hold", hold, "--conversation", conversations.getFirst(), "--reason", "An inquiry of May"
    };

    JsonNode placed = deletions.json(placing);
    assertThat(deletions.json(placing).path("holdId")).isEqualTo(placed.path("holdId"));
    String job = submitted(conversations);
    deletions.done("run-off-peak");

    assertThat(deletions.done("status", job).out()).contains("on hold", "1 of 2 done", "1 held");
    assertThat(deletions.run("watch", job).code()).isEqualTo(6);
    assertThat(deletions.done("list", "--status=on_hold").out()).contains(job);
    assertThat(deletions.done("conversations", job).out()).contains("pending", "held");
    assertThat(deletions.done("holds").out()).contains(hold, conversations.getFirst());
    assertThat(deletions.done("holds", hold).out())
        .contains("Reason         An inquiry of May", "WAITING JOB", job);
    Deletions.Outcome changed =
        deletions.run("hold", hold, "--user=u-1", "--reason=An inquiry of May");
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.err()).contains("hold_exists", "Give another id");
    assertThat(new Deletions(aws, folder).withPerson("y").done("release", hold).out())
        .contains("1 job waits for it", "The hold %s is released.".formatted(hold));
    assertThat(deletions.done("holds", hold).out()).contains("Released  ", "Holds until  ");
    assertThat(deletions.run(placing).err()).contains("hold_released");
    deletions.done("cancel", job);
    deletions.done("run-off-peak");
  }

  /** In a process of its own, as only such a one has another environment. */
  @Test
  void reachesThisMachineWhateverProxyAndEndpointsItIsSetToUse() throws Exception {
    for (List<String> command :
        List.of(
            List.of("list"),
            List.of("register-bot", "st-direct", "--name=Bot", "--owner-email=o@bots.example"))) {
      List<String> line =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-classpath",
                  System.getProperty("java.class.path"),
                  Main.class.getName()));
      line.addAll(command);
      Path output = folder.resolve("output-" + command.getFirst());
      ProcessBuilder client =
          new ProcessBuilder(line)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      client
          .environment()
          .putAll(
              Map.of(
                  "HTTP_PROXY", "http://127.0.0.1:9",
                  "HTTPS_PROXY", "http://127.0.0.1:9",
                  "AWS_USE_FIPS_ENDPOINT", "true",
                  "AWS_USE_DUALSTACK_ENDPOINT", "true"));

      int code = client.start().waitFor();

      assertThat(code).as(Files.readString(output)).isZero();
    }
  }

  @Test
  void showsTheReferenceThatAJobWasSubmittedWith() {
    String reference = "REQ-4711, Büro 7";

    String job =
        deletions
            .json("submit", seeded(1).getFirst(), "--reference=" + reference)
            .path("jobId")
            .asText();

    assertThat(deletions.done("status", job).out()).contains("Reference      " + reference);
    assertThat(deletions.done("list").out()).contains("REFERENCE", reference);
    assertThat(deletions.done("change-log", "--limit=50").out()).doesNotContain("REQ-4711");
    deletions.done("run-off-peak");
    assertThat(deletions.json("mails").findValuesAsText("text").toString()).contains(reference);
  }

  @Test
  void saysWhatItReadsOfTheKeysOfTheTable() {
    String conversation = seeded(1).getFirst();

    Deletions.Outcome outcome = deletions.done("check-table");

    assertThat(outcome.out())
        .contains("Of ", " are records, of ", " channel users.", "which reads     botId=" + BOT);
    JsonNode checked = deletions.json("check-table");
    assertThat(checked.path("faults")).isEmpty();
    assertThat(checked.at("/table/made")).isEqualTo(checked.at("/table/key"));
    assertThat(checked.path("conversations").asInt()).isPositive();

    Deletions.Outcome other =
        deletions.run("check-table", "--shape=conversation=BOT#{botId}#CONV#{conversationId}");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out())
        .contains("nothing_fits: ", "nothing_fits_in_index: ", "does not fit    conversationKey=");

    Deletions.Outcome wrong = deletions.run("check-table", "--shape=conversation={botId}");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("conversation: '{botId}' lacks {conversationId}");
    deletions.done("submit", conversation);
    deletions.done("run-off-peak");
  }

  @Test
  void submitsForAChannelUserAndWaitsForTheEnd() {
    String user = "u-" + UUID.randomUUID();
    deletions.done("seed", "--user=" + user, "--conversations=2", "--records=5");

    Deletions.Outcome outcome =
        deletions.run("submit", "--user=" + user, "--from=2026-01-01", "--wait", "--json");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.json().path("result").path("deletedCount").asInt()).isEqualTo(10);
    assertThat(outcome.err().lines()).first().asString().endsWith("is queued.");
    assertThat(outcome.err()).contains("completed, 2 of 2 done");
  }

  @Test
  void theSameIdempotencyKeyMakesNoSecondJob() {
    String conversation = seeded(1).getFirst();

    JsonNode first = deletions.json("submit", conversation, "--idempotency-key=key-1");

    assertThat(deletions.json("submit", conversation, "--idempotency-key=key-1")).isEqualTo(first);
    Deletions.Outcome reused = deletions.run("submit", "another", "--idempotency-key=key-1");
    assertThat(reused.code()).isEqualTo(1);
    assertThat(reused.err()).contains("idempotency_key_reused", "--idempotency-key");
  }

  @Test
  void aWatchExitsByACancelledJob() {
    String job = submitted(seeded(1));

    assertThat(deletions.done("cancel", job).out()).contains("The job is now cancelled.");
    Deletions.Outcome outcome = deletions.run("watch", job);

    assertThat(outcome.code()).isEqualTo(5);
    assertThat(outcome.out()).contains("cancelled");
    Deletions.Outcome again = deletions.run("cancel", job, "--json");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.json().at("/errors/0/code").asText()).isEqualTo("job_has_ended");
  }

  @Test
  void aWatchEndsWhenItsTimeIsUp() {
    String job = submitted(seeded(1));

    Deletions.Outcome outcome =
        new Deletions(aws, folder).withoutRuns().run("watch", job, "--timeout=10s");

    assertThat(outcome.code()).isEqualTo(6);
    assertThat(outcome.out()).contains("queued");
    deletions.done("run-off-peak");
  }

  @Test
  void listsPageByPage() {
    String job = submitted(seeded(5));

    JsonNode first = deletions.json("conversations", job, "--limit=2");
    assertThat(first.path("conversations")).hasSize(2);
    String token = first.path("nextToken").asText();
    assertThat(deletions.done("conversations", job, "--limit=2").out()).contains(token);
    JsonNode second = deletions.json("conversations", job, "--limit=2", "--next-token=" + token);
    assertThat(second.path("conversations")).isNotEqualTo(first.path("conversations"));
    assertThat(deletions.done("conversations", job, "--limit=2", "--all", "--json").out().lines())
        .hasSize(3);
    deletions.done("run-off-peak");
  }

  @Test
  void tellsOfAJobThatIsNotThere() {
    Deletions.Outcome outcome = deletions.run("status", "cdj-00000000-0000-5000-8000-000000000000");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .containsExactly(
            "deletions: There is no such resource. (404 Not Found)",
            "Check the id and --bot; deletions list shows the bot's jobs, deletions holds its holds.");
  }

  @Test
  void tellsEveryFaultOfASubmission() {
    Deletions.Outcome outcome = deletions.run("submit", "c-1", "--user=a b", "--from=soon");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("[ambiguous_target]");
    assertThat(deletions.run("submit", "--user=a b", "--from=soon").err())
        .contains("cId: ", "[invalid_id]", "startDate: ", "[invalid_date]");
    assertThat(deletions.run("submit").err()).contains("[missing_target]");
  }

  @Test
  void tellsOfATokenThatIsNotAccepted() {
    Path forged = folder.resolve("forged.json");
    ClientAppFile.write(forged, ClientApp.withNewSecret(APP.appId()));

    Deletions.Outcome outcome = deletions.run("list", "--app-file=" + forged);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("401", "[invalid_token]", "--app-file");
    assertThat(deletions.run("list", "--bot=st-another").err()).contains("403", "register-app");
  }

  @Test
  void namesTheFaultsOfASeed() {
    Deletions.Outcome outcome = deletions.run("seed", "--started-at=2999-01-01T00:00:00Z");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("2999-01-01");
  }

  /** The dead letters are as the service moves them there: with attributes, which they keep. */
  @Test
  void movesDeadLettersBackIntoTheQueue() {
    AwsPeer.require(Capability.MESSAGE_MOVES);
    for (String body : List.of("one", "two")) {
      aws.clients()
          .sqs()
          .sendMessage(
              request ->
                  request.queueUrl(aws.queueUrl("DeletionDeadLetterQueue")).messageBody(body));
    }

    assertThat(deletions.json("redrive").path("messagesMoved").asInt()).isEqualTo(2);

    assertThat(deletions.json("run-off-peak").path("messagesRejected").asInt()).isEqualTo(2);
    assertThat(deletions.done("redrive").out()).contains("2 messages were moved");
    aws.clients().sqs().purgeQueue(request -> request.queueUrl(aws.queueUrl("DeletionQueue")));
    assertThat(deletions.done("redrive").out()).contains("was empty");
  }

  @Test
  void printsATokenThatGetsIn() {
    String token = deletions.done("token", "--valid-for=5m").out().strip();

    assertThat(token.split("\\.")).hasSize(3);
    assertThat(deletions.json("token").path("token").asText().split("\\.")).hasSize(3);
  }

  @Test
  void saysThatNothingAnswersOnceTheServiceIsGone() throws Exception {
    Path gone = folder.resolve("gone.json");
    Files.writeString(
        gone,
        Files.readString(folder.resolve("local/target/local.json"))
            .replace(aws.baseUrl().toString(), "http://127.0.0.1:1"));

    for (String command : List.of("list", "mails", "run-off-peak", "seed")) {
      Deletions.Outcome outcome = deletions.run(command, "--local=" + gone);

      assertThat(outcome.code()).as(command).isEqualTo(3);
      assertThat(outcome.err()).contains("does not answer", "mvn -Plocal");
    }
  }
}
