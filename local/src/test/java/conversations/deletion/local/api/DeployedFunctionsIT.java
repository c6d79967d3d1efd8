package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import conversations.deletion.local.invoke.FunctionLogs;
import conversations.deletion.local.invoke.InvocationResult.Success;
import conversations.deletion.local.template.FunctionDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The deployed functions, each in its own process under AWS's runtime client. The package that
 * {@code sam build} makes works with the handler strings, the environment and the memory of the
 * template.
 */
@EnabledOnOs(OS.LINUX)
class DeployedFunctionsIT {

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.options().withFunctionsInOwnProcesses());
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
  void everyFunctionOfTheTemplateHasASampleEvent() {
    assertThat(SampleEvent.all().map(SampleEvent::function).collect(Collectors.toSet()))
        .isEqualTo(
            service.aws.template().functions().stream()
                .map(FunctionDefinition::logicalId)
                .collect(Collectors.toSet()));
  }

  /** What DeploymentCheckFunction sends to a new version, and once a week to each in use. */
  @ParameterizedTest
  @CsvSource({
    "AuthorizerFunction, '\"Effect\":\"Deny\"'",
    "SubmitDeletionJobFunction, '\"statusCode\":400'",
    "FindDeletionJobFunction, '\"statusCode\":404'",
    "ListDeletionJobsFunction, '\"statusCode\":200'",
    "ListJobConversationsFunction, '\"statusCode\":404'",
    "CancelDeletionJobFunction, '\"statusCode\":404'",
    "ListChangeLogFunction, '\"statusCode\":200'",
    "HoldFunction, '\"statusCode\":400'",
    "FindHoldFunction, '\"statusCode\":404'",
  })
  void theRequestOfTheDeploymentCheckIsAnsweredAfterALookAtTheTables(
      String function, String answer) {
    String request =
        service.aws.template().function("DeploymentCheckFunction").environment().get("REQUEST");

    assertThat(
            service
                .aws
                .invoker()
                .invoke(
                    service.aws.template().function(function),
                    request.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Success.class, success -> assertThat(success.text()).contains(answer));
  }

  @Test
  void aJobIsDoneFromItsSubmissionToTheOwnersMail() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    List<String> conversations = service.seed(service.bot, service.user, 3, yesterday);

    String jobId =
        service
            .submit("{\"conversationIds\":[\"%s\"]}".formatted(String.join("\",\"", conversations)))
            .body()
            .path("jobId")
            .asText();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              service.runOffPeak();
              return service.job(jobId).body().path("status").asText().equals("completed");
            });

    assertThat(service.job(jobId).body().path("result").path("deletedConversations").asInt())
        .isEqualTo(3);
    await()
        .untilAsserted(
            () ->
                assertThat(service.aws.mails())
                    .anySatisfy(mail -> assertThat(mail.text()).contains(jobId)));
    assertThat(logged("OffPeakFunction")).anySatisfy(line -> assertThat(line).contains(jobId));
  }

  private static List<String> logged(String function) {
    return service.aws.logs().latest(10_000).stream()
        .filter(line -> line.function().equals(function))
        .map(FunctionLogs.Line::text)
        .toList();
  }
}
