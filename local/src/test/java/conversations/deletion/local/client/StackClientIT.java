package conversations.deletion.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.nimbusds.jwt.SignedJWT;
import conversations.deletion.client.registration.Bot;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.LocalAws;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.sample.Census;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The client against a stack that CloudFormation describes. */
class StackClientIT {

  private static final String BOT = "st-" + UUID.randomUUID();
  private static final ClientApp APP = ClientApp.withNewSecret("app-" + UUID.randomUUID());
  private static final String CLOUDFORMATION = "aws.endpointUrlCloudFormation";
  private static final String LAMBDA = "aws.endpointUrlLambda";

  private static LocalAws aws;
  private static DescribedStack stack;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    aws = LocalAws.start(AwsPeer.options().withParameter("IndexSettleSeconds", "1"));
    aws.registrations()
        .register(new Bot(BOT, "Bot", "Owner", "owner@bots.example", Instant.now(), 365));
    aws.registrations()
        .register(APP, "App", Map.of(BOT, Set.of("Delete Conversations", "Logs History")));
    HashMap<String, String> outputs = new HashMap<>(aws.template().outputs());
    outputs.put("ApiUrl", aws.baseUrl().toString());
    stack = new DescribedStack(outputs);
    System.setProperty(CLOUDFORMATION, stack.endpoint());
    System.setProperty(LAMBDA, stack.endpoint());
  }

  @AfterAll
  static void stop() {
    System.clearProperty(CLOUDFORMATION);
    System.clearProperty(LAMBDA);
    stack.close();
    aws.close();
  }

  /** The API is the one on this machine, and takes tokens that are for it. */
  @BeforeEach
  void nameTheAudience() {
    stack.parameters.put("TokenAudience", aws.template().account().stackName());
  }

  @AfterEach
  void forget() {
    stack.parameters.clear();
    stack.deny(false);
  }

  private Deletions deletions() {
    return new Deletions(aws, folder)
        .withVariable("DELETIONS_STACK", DescribedStack.NAME)
        .withVariable("DELETIONS_BOT", BOT)
        .withVariable("DELETIONS_APP", APP.appId());
  }

  private static int records() {
    return Census.take(aws.clients().dynamoDb(), aws.tableName("ConversationRecordsTable"))
        .records();
  }

  private static DescribedStack.Result tick() {
    return switch (aws.tick()) {
      case InvocationResult.Success success ->
          new DescribedStack.Result(new String(success.payload(), StandardCharsets.UTF_8), false);
      case InvocationResult.FunctionError error ->
          throw new AssertionError("The run failed: " + error);
    };
  }

  @Test
  void doesOnAStackWhatItDoesHere() {
    stack.answering(StackClientIT::tick);
    String conversation =
        deletions()
            .json("seed", "--conversations=1", "--records=7", "--yes-these-are-sample-records")
            .path("conversationIds")
            .path(0)
            .asText();

    String job = deletions().json("submit", conversation).path("jobId").asText();
    assertThat(deletions().json("run-off-peak").path("recordsDeleted").asInt()).isEqualTo(7);

    assertThat(deletions().done("watch", job).out()).contains("completed", "7 deleted");
    assertThat(deletions().done("list", "--stack=" + DescribedStack.NAME).out()).contains(job);
  }

  @Test
  void saysWhatItIsAboutToDeleteAndAsks() {
    Deletions.Outcome refused =
        deletions().withPerson("n").run("submit", "--user=u-asked", "--from=2026-05-04");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out() + refused.err())
        .contains("The stack " + DescribedStack.NAME, "u-asked that began from 2026-05-04 on")
        .contains("of the bot " + BOT, "Nothing was submitted");
    assertThat(deletions().withPerson("n").run("submit", "--user=u-asked", "--yes").code())
        .isZero();
    assertThat(deletions().withPerson("y").run("submit", "--user=u-asked").code()).isZero();
  }

  @Test
  void registersWithAStackAndTakesTheOnlyClientAppThatItKnows() {
    Deletions.Outcome outcome =
        new Deletions(aws, folder)
            .done("register-app", "app-shop", "--stack=" + DescribedStack.NAME, "--bot=" + BOT);

    assertThat(outcome.out()).contains(aws.baseUrl().toString());
    assertThat(deletions().appFile(DescribedStack.NAME, "app-shop")).exists();
    assertThat(
            new Deletions(aws, folder)
                .run("list", "--stack=" + DescribedStack.NAME, "--bot=" + BOT)
                .code())
        .isZero();
  }

  @Test
  void asksWhichClientAppIsMeant() throws Exception {
    Deletions.Outcome none =
        new Deletions(aws, folder).run("list", "--stack=" + DescribedStack.NAME, "--bot=b");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("No client app is named", "register-app");

    for (String app : Set.of("a", "b")) {
      Path file = deletions().appFile(DescribedStack.NAME, app);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "{}");
    }
    Deletions.Outcome several =
        new Deletions(aws, folder).run("list", "--stack=" + DescribedStack.NAME, "--bot=b");
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err()).contains("there are 2", "--app ID");
    assertThat(new Deletions(aws, folder).run("list", "--stack=" + DescribedStack.NAME).err())
        .contains("No bot is named");
  }

  @Test
  void writesNoSampleRecordsWithoutConsent() {
    int before = records();

    Deletions.Outcome outcome = deletions().run("seed");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("100 sample records", "--yes-these-are-sample-records");
    assertThat(records()).isEqualTo(before);
  }

  @Test
  void writesNoSampleRecordsIntoATableThatTheStackDidNotMake() {
    stack.parameters.put("ExistingRecordsTable", "platform-conversations");
    int before = records();

    Deletions.Outcome outcome = deletions().run("seed", "--yes-these-are-sample-records");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(records()).isEqualTo(before);
  }

  @Test
  void tellsOfARunThatFailed() {
    stack.answering(() -> new DescribedStack.Result("{\"errorMessage\":\"Task timed out\"}", true));

    Deletions.Outcome outcome = deletions().run("run-off-peak");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("The run failed (Unhandled)", "Task timed out");
    assertThat(deletions().run("run-off-peak", "--json").json().path("errorMessage").asText())
        .isEqualTo("Task timed out");
  }

  @Test
  void aTokenIsForTheStackAlone() throws Exception {
    String named = deletions().done("token").out().strip();
    stack.parameters.clear();
    String unnamed = deletions().done("token").out().strip();

    assertThat(SignedJWT.parse(named).getJWTClaimsSet().getAudience())
        .containsExactly(aws.template().account().stackName());
    assertThat(SignedJWT.parse(unnamed).getJWTClaimsSet().getAudience())
        .containsExactly(DescribedStack.NAME);
  }

  @Test
  void takesBackTheTokensOfAClientApp() {
    deletions().done("register-app", "app-taken");
    Map<String, AttributeValue> before = clientApp("app-taken");

    String moment = deletions().json("revoke-tokens", "app-taken").path("tokensNotBefore").asText();

    HashMap<String, AttributeValue> after = new HashMap<>(clientApp("app-taken"));
    assertThat(after.remove("tokensNotBefore")).isEqualTo(AttributeValue.fromS(moment));
    assertThat(Instant.parse(moment)).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void takesBackNoTokensOfAClientAppThatIsNotThere() {
    Deletions.Outcome outcome = deletions().run("revoke-tokens", "app-nobody");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("There is no client app app-nobody");
    assertThat(clientApp("app-nobody")).isEmpty();
  }

  private static Map<String, AttributeValue> clientApp(String appId) {
    return aws.clients()
        .dynamoDb()
        .getItem(
            request ->
                request
                    .tableName(aws.tableName("ClientAppsTable"))
                    .key(Map.of("appId", AttributeValue.fromS(appId))))
        .item();
  }

  @Test
  void hasNoMailsToShow() {
    assertThat(deletions().run("mails").code()).isEqualTo(2);
  }

  @Test
  void tellsOfAStackThatIsNotThereOrIsAnother() {
    Deletions.Outcome unknown = deletions().run("list", "--stack=nothing", "--region=eu-west-1");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err().lines())
        .containsExactly(
            "deletions: There is no stack nothing in eu-west-1",
            "Check --stack, --region and --profile.");

    String url = stack.outputs.remove("ApiUrl");
    Deletions.Outcome another = deletions().run("list");
    stack.outputs.put("ApiUrl", url);
    assertThat(another.code()).isEqualTo(1);
    assertThat(another.err()).contains("has no output ApiUrl");
  }

  @Test
  void tellsWhichPermissionIsMissing() {
    stack.deny(true);

    Deletions.Outcome outcome = deletions().run("list");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("cloudformation:DescribeStacks", "Ask for that permission");
  }
}
