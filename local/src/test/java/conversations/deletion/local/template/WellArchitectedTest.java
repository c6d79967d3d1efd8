package conversations.deletion.local.template;

import static conversations.deletion.local.template.TransformedTemplate.refersTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a well-architected review would ask of the template, of all that SAM adds to it too. */
class WellArchitectedTest {

  private static final String TABLE = "AWS::DynamoDB::Table";
  private static final String QUEUE = "AWS::SQS::Queue";
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String ALIAS = "AWS::Lambda::Alias";
  private static final String ALARM = "AWS::CloudWatch::Alarm";

  /** What they hold has expired before it could be restored. */
  private static final Set<String> FLEETING =
      Set.of("SpentTokensTable", "OwnerNoticesTable", "RateLimitsTable");

  /** Everything else may hold a token, an address, or what a caller put into the path. */
  private static final Set<String> LOGGED =
      Set.of(
          "requestId",
          "requestTime",
          "httpMethod",
          "resourcePath",
          "status",
          "error.responseType",
          "authorizer.principalId",
          "authorizer.status",
          "authorizer.latency",
          "integration.status",
          "integration.latency",
          "integration.requestId",
          "responseLatency",
          "responseLength",
          "waf.status",
          "xrayTraceId");

  private final TransformedTemplate template = new TransformedTemplate();

  @ParameterizedTest
  @ValueSource(strings = {"template.yaml", "monitoring.yaml"})
  void isReadFromTheTemplateAsItIsNow(String file) throws IOException, NoSuchAlgorithmException {
    byte[] sha256 =
        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Path.of("..", file)));

    assertThat(TransformedTemplate.templateSha256(file))
        .as("what checks has is of another %s: run checks/transform", file)
        .isEqualTo(HexFormat.of().formatHex(sha256));
  }

  /** Only a text of a query in JSON has to be one line. */
  @ParameterizedTest
  @ValueSource(strings = {"template.yaml", "monitoring.yaml"})
  void canBeReadWithoutScrolling(String file) throws IOException {
    assertThat(Files.readAllLines(Path.of("..", file)))
        .filteredOn(line -> !line.strip().startsWith("\"query\": "))
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(160));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "AWS::DynamoDB::Table, /SSESpecification/KMSMasterKeyId",
    "AWS::SQS::Queue, /KmsMasterKeyId",
    "AWS::SNS::Topic, /KmsMasterKeyId",
    "AWS::Logs::LogGroup, /KmsKeyId",
    "AWS::SecretsManager::Secret, /KmsKeyId",
    "AWS::Lambda::Function, /KmsKeyArn"
  })
  void encryptsAllThatIsStoredWithTheCustomersKey(String type, String property) throws IOException {
    JsonNode key =
        new ObjectMapper()
            .readTree(
                """
                {"Fn::If": ["CreatesKey", {"Fn::GetAtt": ["Key", "Arn"]}, {"Ref": "KmsKeyArn"}]}
                """);

    assertThat(template.each(type, property))
        .isNotEmpty()
        .allSatisfy((id, value) -> assertThat(value).as(id).isEqualTo(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Key", "StackSecret"})
  void keepsWhatTheTablesThatOutliveTheStackNeed(String id) {
    assertThat(template.resource(id).path("DeletionPolicy").asText()).startsWith("Retain");
    assertThat(template.resource(id).path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
  }

  @Test
  void rotatesItsKeyButNotTheSecretThatJobIdsAreKeyedWith() {
    assertThat(template.properties("Key").path("EnableKeyRotation").asBoolean()).isTrue();
    assertThat(template.all("AWS::SecretsManager::RotationSchedule")).isEmpty();
  }

  @Test
  void protectsTablesFromBeingLost() {
    for (String table : template.all(TABLE)) {
      JsonNode properties = template.properties(table);
      if (!FLEETING.contains(table)) {
        assertThat(properties.path("DeletionProtectionEnabled").toString())
            .as(table)
            .isEqualTo("{\"Fn::If\":[\"IsProduction\",true,false]}");
        JsonNode recovery = properties.path("PointInTimeRecoverySpecification");
        assertThat(recovery.path("PointInTimeRecoveryEnabled").asBoolean()).as(table).isTrue();
        assertThat(refersTo(recovery.path("RecoveryPeriodInDays"), "PointInTimeRecoveryDays"))
            .as(table)
            .isTrue();
        assertThat(template.resource(table).path("DeletionPolicy").asText()).isEqualTo("Retain");
        assertThat(template.resource(table).path("UpdateReplacePolicy").asText())
            .isEqualTo("Retain");
      }
    }
  }

  @Test
  void keepsEveryLogForALimitedTimeAndEachFunctionsApart() {
    assertThat(template.each("AWS::Logs::LogGroup", "/RetentionInDays"))
        .allSatisfy((id, days) -> assertThat(refersTo(days, "LogRetentionDays")).as(id).isTrue());
    assertThat(template.each(FUNCTION, "/LoggingConfig/LogGroup"))
        .hasSize(16)
        .allSatisfy(
            (id, group) ->
                assertThat(template.all("AWS::Logs::LogGroup"))
                    .contains(group.path("Ref").asText()))
        .values()
        .doesNotHaveDuplicates();
  }

  @Test
  void logsOfARequestWhatHoldsNoTokenNoBodyAndNoPerson() {
    String format = template.properties("ApiStage").at("/AccessLogSetting/Format").asText();

    assertThat(
            Pattern.compile("\\$([\\w.]+)").matcher(format).results().map(match -> match.group(1)))
        .isNotEmpty()
        .allSatisfy(
            variable -> {
              assertThat(variable).startsWith("context.");
              assertThat(LOGGED).contains(variable.substring("context.".length()));
            });
    assertThat(template.properties("ApiStage").at("/MethodSettings/0/LoggingLevel").asText())
        .isEqualTo("OFF");
  }

  @Test
  void givesEveryQueueAndScheduleADeadLetterQueueThatAnAlarmWatches() {
    List<String> deadLetterQueues =
        Stream.concat(
                template.each(QUEUE, "/RedrivePolicy/deadLetterTargetArn").values().stream(),
                template
                    .each("AWS::Scheduler::Schedule", "/Target/DeadLetterConfig/Arn")
                    .values()
                    .stream())
            .filter(arn -> !arn.isMissingNode())
            .map(arn -> arn.at("/Fn::GetAtt/0").asText())
            .distinct()
            .toList();

    assertThat(template.each("AWS::Scheduler::Schedule", "/Target/DeadLetterConfig").values())
        .noneMatch(JsonNode::isMissingNode);
    assertThat(deadLetterQueues).hasSize(3);
    for (String queue : template.all(QUEUE)) {
      if (deadLetterQueues.contains(queue)) {
        assertThat(template.all(ALARM))
            .as(queue)
            .anyMatch(alarm -> refersTo(template.properties(alarm).path("Dimensions"), queue));
      } else {
        assertThat(template.properties(queue).has("RedrivePolicy")).as(queue).isTrue();
      }
    }
  }

  @Test
  void callsFunctionsByTheAliasThatDeploymentsMove() {
    List<JsonNode> callers =
        Stream.concat(
                template.properties("Api").findValues("uri").stream(),
                template.properties("Api").findValues("authorizerUri").stream())
            .toList();

    assertThat(callers)
        .hasSize(14)
        .allSatisfy(
            caller -> assertThat(template.all(ALIAS)).anyMatch(alias -> refersTo(caller, alias)));
  }

  /** Who could read the schedule learns no more than from the template. */
  @Test
  void schedulesWithAConstantThatNeedsNoKey() {
    assertThat(template.properties("OffPeakSchedule").at("/Target/Input").asText())
        .isEqualTo(
            "{\"source\":\"off-peak-schedule\",\"time\":\"<aws.scheduler.scheduled-time>\"}");
    assertThat(template.properties("HousekeepingSchedule").at("/Target/Input").asText())
        .isEqualTo(
            "{\"source\":\"housekeeping-schedule\",\"time\":\"<aws.scheduler.scheduled-time>\"}");
  }

  @Test
  void schedulesWhatWasDeployedLast() {
    assertThat(template.properties("OffPeakSchedule").at("/Target/Arn").toString())
        .isEqualTo("{\"Fn::GetAtt\":[\"OffPeakFunction\",\"Arn\"]}");
  }

  /**
   * An upgrade makes what moved into the nested template before it removes what was there by the
   * same name: an alarm would be refused, and a dashboard be lost.
   */
  @Test
  void namesNoAlarmAndNamesTheDashboardOtherwiseThanTheStack() {
    assertThat(template.each(ALARM, "/AlarmName").values()).allMatch(JsonNode::isMissingNode);
    assertThat(template.each("AWS::CloudWatch::Dashboard", "/DashboardName").values())
        .singleElement()
        .asString()
        .isEqualTo("{\"Fn::Sub\":\"${ServiceStack}-operator\"}");
  }

  @Test
  void rollsANewVersionBackByAlarms() {
    assertThat(template.all("AWS::CodeDeploy::DeploymentGroup"))
        .hasSameSizeAs(template.all(ALIAS))
        .allSatisfy(
            group -> {
              JsonNode properties = template.properties(group);
              assertThat(properties.at("/AlarmConfiguration/Alarms")).as(group).isNotEmpty();
              assertThat(properties.path("DeploymentConfigName").toString())
                  .contains("IsProduction", "Canary10Percent5Minutes");
            });
    assertThat(template.all(ALIAS)).allMatch(alias -> template.resource(alias).has("UpdatePolicy"));
  }

  @Test
  void dropsATickThatCannotRunAtOnce() {
    for (JsonNode retries :
        List.of(
            template.properties("OffPeakFunctionEventInvokeConfig"),
            template.properties("OffPeakSchedule").at("/Target/RetryPolicy"),
            template.properties("HousekeepingFunctionEventInvokeConfig"),
            template.properties("HousekeepingSchedule").at("/Target/RetryPolicy"))) {
      assertThat(retries.path("MaximumEventAgeInSeconds").asInt()).isEqualTo(60);
      assertThat(retries.path("MaximumRetryAttempts").asInt(-1)).isZero();
    }
  }

  @Test
  void tracesAndThrottlesTheOnlyStage() {
    JsonNode stage = template.properties("ApiStage");
    assertThat(template.all("AWS::ApiGateway::Stage")).hasSize(1);
    assertThat(template.each("AWS::ApiGateway::Deployment", "/StageName").values())
        .as("which would be a stage without access logs and limits")
        .allMatch(JsonNode::isMissingNode);
    assertThat(stage.path("TracingEnabled").asBoolean()).isTrue();
    assertThat(stage.at("/MethodSettings/0/ThrottlingRateLimit").isMissingNode()).isFalse();
    assertThat(stage.at("/MethodSettings/0/ThrottlingBurstLimit").isMissingNode()).isFalse();
    assertThat(template.each(FUNCTION, "/TracingConfig/Mode").values())
        .extracting(JsonNode::asText)
        .containsOnly("Active");
  }

  @Test
  void tellsOperatorsOfEveryAlarmAndWhereItsAnswerIs() {
    assertThat(template.all(ALARM))
        .hasSize(23)
        .allSatisfy(
            alarm -> {
              JsonNode properties = template.properties(alarm);
              assertThat(refersTo(properties.path("AlarmActions"), "AlarmTopic")).isTrue();
              assertThat(properties.at("/AlarmDescription/Fn::Sub").asText())
                  .endsWith(" Runbook: ${RunbookUrl}#" + anchor(alarm));
            });
  }

  @Test
  void answersEveryAlarmInTheRunbook() throws IOException {
    List<String> anchors =
        Files.readAllLines(Path.of("../docs/operations.md")).stream()
            .filter(line -> line.startsWith("#"))
            .map(WellArchitectedTest::anchorOfHeading)
            .toList();

    assertThat(anchors)
        .containsAll(template.all(ALARM).stream().map(WellArchitectedTest::anchor).toList());
  }

  /** As GitHub makes the anchor of a heading. */
  private static String anchorOfHeading(String line) {
    return line.replaceFirst("^#+ +", "")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\w\\- ]", "")
        .replace(' ', '-');
  }

  private static String anchor(String alarm) {
    return alarm.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
