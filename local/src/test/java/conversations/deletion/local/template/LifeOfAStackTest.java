package conversations.deletion.local.template;

import static conversations.deletion.local.template.TransformedTemplate.refersTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.adapter.s3.AttachmentPrefix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stack goes through: create and its failure, updates, two weeks of silence, removal. */
class LifeOfAStackTest {

  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String VERSION = "AWS::Lambda::Version";
  private static final String ALIAS = "AWS::Lambda::Alias";
  private static final String ALARM = "AWS::CloudWatch::Alarm";
  private static final String SCHEDULE = "AWS::Scheduler::Schedule";

  private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/";

  /** What policies' ids look like, which IAM makes. */
  private static final String POLICY_ID = "ANPAJ2UCCR6DPCEXAMPLE";

  /** What prefixes of attachments may be made of, rightly or not. */
  private static final List<String> PIECES =
      Stream.concat(
              IntStream.rangeClosed(0x1F, 0x80).mapToObj(Character::toString),
              Stream.of(
                      "{botId}",
                      "{conversationId}",
                      "{botId}/",
                      "{conversationId}/",
                      "{conversationId}#",
                      "{botId}/{conversationId}/")
                  .flatMap(piece -> Stream.generate(() -> piece).limit(15)))
          .toList();

  private final TransformedTemplate template = new TransformedTemplate();

  /** CloudFormation can't delete what is protected, and ends a failed create in ROLLBACK_FAILED. */
  @Test
  void protectsOnlyWhatAFailedCreateLeavesBehind() {
    assertThat(template.each("AWS::DynamoDB::Table", "/DeletionProtectionEnabled"))
        .allSatisfy(
            (table, isProtected) ->
                assertThat(deletionPolicy(table))
                    .as(table)
                    .isEqualTo(isProtected.toString().equals("false") ? "" : "Retain"));
  }

  /** A stack that was never created has nothing to keep. */
  @Test
  void leavesNothingElseBehindWhenACreateFails() {
    assertThat(template.all())
        .filteredOn(resource -> deletionPolicy(resource).equals("Retain"))
        .isNotEmpty()
        .allSatisfy(
            resource ->
                assertThat(
                        template.properties(resource).path("DeletionProtectionEnabled").toString())
                    .as(resource)
                    .contains("true"));
  }

  /**
   * A name that is made of the stack's is too long, or is taken, only once the create is under way.
   * CloudFormation cuts the names that it makes.
   */
  @Test
  void namesAfterTheStackOnlyWhatMayBeAsLong() {
    Set<String> named = new TreeSet<>();
    for (String resource : template.all()) {
      for (String property :
          List.of("Name", "AliasName", "RoleName", "FunctionName", "QueueName")) {
        if (template.properties(resource).path(property).toString().contains("AWS::StackName")) {
          named.add(resource);
        }
      }
    }

    assertThat(named).containsExactly("Api", "KeyAlias");
  }

  @Test
  void deploysToTheAwsPartitionAlone() {
    assertThat(template.rules().path("OnlyTheAwsPartition").path("Assertions").toString())
        .contains("{\"Fn::Equals\":[{\"Ref\":\"AWS::Partition\"},\"aws\"]}");
  }

  /**
   * A version keeps what its function was when it was published, down to the role's ARN. By the
   * policy's ARN, which its description makes another, there is something to publish, and
   * CloudFormation sees it. What one description has no room for is in that of another policy,
   * whose id the first one names.
   */
  @Test
  void publishesAVersionWhenAnySettingOfAFunctionChanges() {
    JsonNode description = description("SettingsPolicy");
    JsonNode rest = description("RecordsSettingsPolicy");
    assertThat(description.toString()).contains("[\"RecordsSettingsPolicy\",\"PolicyId\"]");
    assertThat(template.all(VERSION))
        .hasSameSizeAs(template.all(ALIAS))
        .allSatisfy(
            version -> {
              String function = template.properties(version).at("/FunctionName/Ref").asText();
              JsonNode properties = template.properties(function);
              String role = properties.at("/Role/Fn::GetAtt/0").asText();
              Set<String> settings = template.parametersOf(properties);
              settings.addAll(template.parametersOf(template.properties(role).path("Path")));
              assertThat(settings)
                  .as(function)
                  .contains("KmsKeyArn", "RolePath", "SubnetIds", "SecurityGroupIds")
                  .allMatch(
                      parameter -> refersTo(description, parameter) || refersTo(rest, parameter));
              assertThat(template.properties(version).at("/Description/Ref").asText())
                  .isEqualTo("SettingsPolicy");
              assertThat(properties.at("/Environment/Variables/SETTINGS/Ref").asText())
                  .isEqualTo("SettingsPolicy");
            });
  }

  private JsonNode description(String policy) {
    return template.properties(policy).path("Description");
  }

  /** IAM takes 1,000 characters, and refuses more only while the stack is deployed. */
  @ParameterizedTest
  @ValueSource(strings = {"SettingsPolicy", "RecordsSettingsPolicy"})
  void takesNoSettingsThatArePastTheLengthOfAPolicysDescription(String policy) {
    JsonNode description = description(policy);
    int longest =
        template.parametersOf(description).stream().mapToInt(this::longest).sum()
            + written(description).replaceAll("\\$\\{\\w+}", "").length();

    assertThat(longest).isLessThanOrEqualTo(1000);
  }

  /** The text as CloudFormation makes it, with the names of parameters in it. */
  private static String written(JsonNode description) {
    if (description.has("Fn::Join")) {
      return description
          .at("/Fn::Join/1")
          .valueStream()
          .map(LifeOfAStackTest::written)
          .collect(Collectors.joining(description.at("/Fn::Join/0").asText()));
    }
    return description.has("Fn::GetAtt") ? POLICY_ID : description.path("Fn::Sub").asText();
  }

  private int longest(String parameter) {
    JsonNode declared = template.parameter(parameter);
    if (declared.path("Type").asText().equals("Number")) {
      // One that may have decimals says so by its largest value.
      return declared.path("MaxValue").asText().length();
    }
    return switch (parameter) {
      case "TokenAudience" -> most(declared);
      case "KmsKeyArn" -> (KEY + "mrk-").length() + 36;
      case "SubnetIds" -> (most(declared) + 1) * "subnet-0123456789abcdef0,".length();
      case "SecurityGroupIds" -> (most(declared) + 1) * "sg-0123456789abcdef0,".length();
      default -> {
        assertThat(declared.has("MaxLength")).as(parameter).isTrue();
        yield declared.path("MaxLength").asInt();
      }
    };
  }

  /** How often the pattern lets its last part be repeated. */
  private static int most(JsonNode parameter) {
    String pattern = parameter.path("AllowedPattern").asText();
    return Integer.parseInt(pattern.replaceFirst("^.*\\{0,(\\d+)}[)?]*$", "$1"));
  }

  @Test
  void keepsNoVersionsThatNobodyCalls() {
    assertThat(template.all(VERSION))
        .allMatch(version -> deletionPolicy(version).equals("Delete"))
        .noneMatch(version -> template.resource(version).has("UpdateReplacePolicy"));
  }

  @Test
  void triesEachNewVersionBeforeItIsCalled() {
    assertThat(template.all(ALIAS))
        .isNotEmpty()
        .allSatisfy(
            alias ->
                assertThat(
                        template
                            .resource(alias)
                            .at(
                                "/UpdatePolicy/CodeDeployLambdaAliasUpdate/BeforeAllowTrafficHook/Ref")
                            .asText())
                    .isEqualTo("DeploymentCheckFunction"));
    JsonNode versions =
        template.properties("DeploymentCheckFunction").at("/Environment/Variables/VERSIONS");
    assertThat(versions.findValuesAsText("Ref"))
        .containsExactlyInAnyOrderElementsOf(template.all(VERSION));
  }

  /** AWS drops a snapshot that was not used for 14 days. */
  @Test
  void callsEachFunctionWithASnapshotTwiceInTheTimeThatASnapshotIsKept() {
    assertThat(template.each(SCHEDULE, "").values())
        .filteredOn(
            schedule ->
                refersTo(schedule.at("/Target/Arn"), "DeploymentCheckFunction")
                    && schedule
                        .path("ScheduleExpression")
                        .asText()
                        .matches("cron\\(\\d+ \\d+ \\? \\* [A-Z]{3} \\*\\)")
                    && !schedule.has("State"))
        .hasSize(1);
    assertThat(
            template.each(FUNCTION, "/SnapStart/ApplyOn").entrySet().stream()
                .filter(one -> one.getValue().asText().equals("PublishedVersions"))
                .map(Map.Entry::getKey))
        .containsExactlyInAnyOrderElementsOf(
            template.each(VERSION, "/FunctionName/Ref").values().stream()
                .map(JsonNode::asText)
                .toList());
  }

  @Test
  void readsWithTheFormerKeyWhateverItHasEncrypted() {
    assertThat(template.statements())
        .filteredOn(statement -> refersTo(statement.node().path("Resource"), "FormerKmsKeyArn"))
        .extracting(statement -> statement.node().path("Condition").toString())
        .hasSize(2)
        .anyMatch(condition -> condition.contains("aws:lambda:FunctionArn"))
        .anyMatch(
            condition ->
                Stream.of("dynamodb.", "sqs.", "secretsmanager.").allMatch(condition::contains));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KmsKeyArn=" + KEY + "a",
        "FormerKmsKeyArn=none",
        "SubnetIds=subnet-0123456789abcdef0",
        "SecurityGroupIds=sg-0123456789abcdef0",
        "ExistingAlarmTopic=arn:aws:sns:eu-central-1:123456789012:a AlarmEmail=a@b.example",
      })
  void refusesParametersThatDoNotGoTogether(String parameters) {
    assertThatThrownBy(() -> deployed(parameters))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith("Rule ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KmsKeyArn=" + KEY + "a FormerKmsKeyArn=none",
        "KmsKeyArn=" + KEY + "a FormerKmsKeyArn=" + KEY + "b",
        "FormerKmsKeyArn=" + KEY + "b",
        "SubnetIds=subnet-0123456789abcdef0,subnet-01234567 SecurityGroupIds=sg-0123456789abcdef0",
        "ExistingAlarmTopic=arn:aws:sns:eu-central-1:123456789012:a",
        "RolePath=/a/b-c/ PermissionsBoundary=arn:aws:iam::123456789012:policy/p/q",
        "StopDeleting=true MinutesBetweenRuns=15",
        "AttachmentsBucket=media AttachmentsPrefix=v1/{conversationId}/{botId}/",
      })
  void takesParametersThatDo(String parameters) {
    assertThatCode(() -> deployed(parameters)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RolePath=a/",
        "RolePath=/a",
        "RolePath=//",
        "MinutesBetweenRuns=7",
        "StopDeleting=yes",
        "SubnetIds=vpc-01234567",
        "PermissionsBoundary=arn:aws:iam::123456789012:role/a",
        "RecordsShape=conversations={conversationId}",
        "RecordsShape=headerKey",
        "RetainedRecordTypes=A,,B",
        "KmsKeyArn=arn:aws-cn:kms:cn-north-1:123456789012:key/a",
        "AttachmentsBucket=arn:aws:s3:::media",
        "AttachmentsPrefix={conversationId}/",
        "AttachmentsPrefix={botId}{conversationId}/",
        "AttachmentsPrefix={conversationId}-{botId}/",
        "AttachmentsPrefix={botId}/{conversationId}",
      })
  void refusesParametersThatCanNotBe(String parameters) {
    assertThatThrownBy(() -> deployed(parameters))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith("Parameter ");
  }

  /** CloudFormation refuses just what the functions would refuse. */
  @Test
  void takesTheSamePrefixesOfAttachmentsAsTheFunctions() {
    JsonNode parameter = template.parameter("AttachmentsPrefix");
    Pattern allowed = Pattern.compile(parameter.path("AllowedPattern").asText());
    Random random = new Random(7);
    int taken = 0;
    for (int i = 0; i < 20_000; i++) {
      String prefix =
          random
              .ints(1 + random.nextInt(6), 0, PIECES.size())
              .mapToObj(PIECES::get)
              .collect(Collectors.joining());
      boolean isAllowed =
          allowed.matcher(prefix).matches()
              && prefix.length() <= parameter.path("MaxLength").asInt();
      assertThat(isAllowed).as(prefix).isEqualTo(isTakenByFunctions(prefix));
      taken += isAllowed ? 1 : 0;
    }
    assertThat(taken).isBetween(300, 19_000);
  }

  private static boolean isTakenByFunctions(String prefix) {
    try {
      return new AttachmentPrefix(prefix).template().equals(prefix);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static void deployed(String parameters) {
    DeployedTemplate.with(
            Arrays.stream(parameters.split(" "))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> one[1])))
        .outputs();
  }

  /** By hand it is undone by the next deployment that changes the function or the schedule. */
  @Test
  void staysStoppedThroughDeployments() {
    assertThat(template.properties("OffPeakSchedule").path("State").toString())
        .isEqualTo("{\"Fn::If\":[\"RunsAreStopped\",\"DISABLED\",\"ENABLED\"]}");
    assertThat(
            template.properties("OffPeakFunction").path("ReservedConcurrentExecutions").toString())
        .startsWith("{\"Fn::If\":[\"RunsAreStopped\",0,");
  }

  private String deletionPolicy(String resource) {
    return template.resource(resource).path("DeletionPolicy").asText();
  }
}
