package conversations.deletion.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.domain.OffPeakHours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  private static final Account ACCOUNT = DeployedTemplate.ACCOUNT;

  private static final String FUNCTION =
      """
      Parameters:
        Name: { Type: String, Default: Ada }
        Count: { Type: Number, Default: 3, MinValue: 1, MaxValue: 5 }
        Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
        Hours: { Type: String, Default: 0-5, AllowedPattern: '[0-9-]+' }
      Conditions:
        IsProd: !Equals [!Ref Stage, prod]
        IsDev: !Not [!Condition IsProd]
        IsDevWithThree: !And [!Condition IsDev, !Equals [!Ref Count, 3]]
        IsEither: !Or [!Condition IsProd, !Condition IsDev]
      Globals:
        Function:
          Timeout: 29
          MemorySize: 1024
          Environment:
            Variables: { SHARED: global, OVERRIDDEN: global }
      Resources:
        Table: { Type: AWS::DynamoDB::Table }
        Queue: { Type: AWS::SQS::Queue }
        Key: { Type: AWS::KMS::Key }
        Topic: { Type: AWS::SNS::Topic }
        Policy: { Type: AWS::IAM::ManagedPolicy }
        WebAcl: { Type: AWS::WAFv2::WebACL }
        Volume: { Type: AWS::EC2::Volume }
        Api: { Type: AWS::Serverless::Api, Properties: { StageName: !Ref Stage } }
        Published:
          Type: AWS::Serverless::Function
          Properties: { Handler: a.Handler::handleRequest, AutoPublishAlias: live }
        Function:
          Type: AWS::Serverless::Function
          Properties:
            Handler: a.Handler::handleRequest
            MemorySize: 512
            Environment:
              Variables:
                OVERRIDDEN: own
                VALUE: %s
      """;

  private static final String NESTING =
      """
      Resources:
        Table: { Type: AWS::DynamoDB::Table }
        Stack:
          Type: AWS::CloudFormation::Stack
          Properties:
            TemplateURL: nested.yaml
            Parameters: { %s }
      Outputs:
        Watched: { Value: !GetAtt Stack.Outputs.%s }
      """;

  private static final String NESTED =
      """
      Parameters:
        Table: { Type: String }
      Resources:
        Alarm:
          Type: AWS::CloudWatch::Alarm
          Properties: { Dimensions: [{ Name: TableName, Value: %s }] }
      Outputs:
        Alarm: { Value: !Sub '${Alarm} of ${Table}' }
      """;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain                                            | plain
          !Ref Name                                        | Ada
          { Ref: Name }                                    | Ada
          !Ref Count                                       | 3
          !Ref AWS::Region                                 | eu-central-1
          !Ref AWS::AccountId                              | 123456789012
          !Ref AWS::StackName                              | stack
          !Ref AWS::Partition                              | aws
          !Ref AWS::URLSuffix                              | amazonaws.com
          !Ref Table                                       | stack-Table
          !Ref Queue                                       | http://queues/stack-Queue
          !Ref Published.Alias                             | arn:aws:lambda:eu-central-1:123456789012:function:stack-Published
          !GetAtt Table.Arn                                | arn:aws:dynamodb:eu-central-1:123456789012:table/stack-Table
          !GetAtt Queue.Arn                                | arn:aws:sqs:eu-central-1:123456789012:stack-Queue
          !GetAtt Queue.QueueName                          | stack-Queue
          { Fn::GetAtt: [Table, Arn] }                     | arn:aws:dynamodb:eu-central-1:123456789012:table/stack-Table
          !Sub '${Name} of ${Table} in ${AWS::Region}'     | Ada of stack-Table in eu-central-1
          !Sub '${Table.Arn}/index/I'                      | arn:aws:dynamodb:eu-central-1:123456789012:table/stack-Table/index/I
          !Sub '${!Literal}'                               | ${Literal}
          !Sub ['${Own}-${Name}', { Own: !Ref Stage }]     | dev-Ada
          !Join ['-', [a, !Ref Name]]                      | a-Ada
          !Join ['-', !Split [',', 'a,b,']]                | a-b-
          !GetAtt Key.Arn                                  | arn:aws:kms:eu-central-1:123456789012:key/stack-Key
          !GetAtt WebAcl.Arn                               | arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/stack-WebAcl/id
          !Ref Topic                                       | arn:aws:sns:eu-central-1:123456789012:stack-Topic
          !Ref Policy                                      | arn:aws:iam::123456789012:policy/stack-Policy
          !Sub '${Api.Stage}'                              | dev
          !If [IsProd, big, small]                         | small
          !If [IsDevWithThree, !Ref Name, none]            | Ada
          !If [IsEither, yes, no]                          | yes
          """)
  void resolvesEveryIntrinsicFunction(String expression, String expected) throws IOException {
    assertThat(environment(expression)).containsEntry("VALUE", expected);
  }

  @Test
  void leavesOutWhatIsNoValue() throws IOException {
    assertThat(environment("!If [IsProd, some, !Ref AWS::NoValue]")).doesNotContainKey("VALUE");
  }

  @Test
  void mergesGlobalsIntoFunctions() throws IOException {
    FunctionDefinition function = read(FUNCTION.formatted("x"), Map.of()).function("Function");

    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(29));
    assertThat(function.memoryMb()).isEqualTo(512);
    assertThat(function.environment())
        .containsEntry("SHARED", "global")
        .containsEntry("OVERRIDDEN", "own");
  }

  @Test
  void findsAnAliasThatGlobalsGive() throws IOException {
    String template =
        """
        Globals:
          Function: { AutoPublishAlias: live }
        Resources:
          Function:
            Type: AWS::Serverless::Function
            Properties: { Handler: a.Handler::handleRequest }
          Schedule:
            Type: AWS::Scheduler::Schedule
            Properties:
              ScheduleExpression: cron(* * * * ? *)
              Target: { Arn: !Ref Function.Alias, Input: "{}" }
        """;

    assertThat(read(template, Map.of()).schedule().functionId()).isEqualTo("Function");
  }

  @Test
  void takesGivenParametersBeforeDefaults() throws IOException {
    Template template =
        read(FUNCTION.formatted("!If [IsProd, big, small]"), Map.of("Stage", "prod"));

    assertThat(template.function("Function").environment()).containsEntry("VALUE", "big");
  }

  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Stage   | test | Parameter Stage: "test" is none of [dev, prod]
          Hours   | all  | Parameter Hours: "all" does not match [0-9-]+
          Count   | 0    | Parameter Count: "0" is less than 1
          Count   | 6    | Parameter Count: "6" is more than 5
          Count   | many | Parameter Count: "many" is not a number
          Unheard | x    | The template has no parameter Unheard
          """)
  void refusesParametersAsCloudFormationDoes(String name, String value, String message) {
    assertThatThrownBy(() -> read(FUNCTION.formatted("x"), Map.of(name, value)))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAParameterWithoutAValue() {
    assertThatThrownBy(() -> read("Parameters: { Sender: { Type: String } }", Map.of()))
        .hasMessage("Parameter Sender needs a value: none given");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          !Ref Nothing              | Reference to Nothing, which does not exist
          !GetAtt Nothing.Arn       | There is no resource Nothing
          !Ref Function.Alias       | The template has no function Function with an alias
          !Ref Nothing.Alias        | The template has no function Nothing with an alias
          !Ref Volume               | A reference to Volume of type AWS::EC2::Volume is not understood
          !GetAtt Table.StreamArn   | Attribute Table.StreamArn is not understood here
          !Sub '${Nothing}'         | Reference to Nothing, which does not exist
          { Fn::Base64: x }         | Fn::Base64 is not understood here
          !If [Nothing, a, b]       | There is no condition Nothing
          !If [IsProd, a]           | 3 arguments are expected
          """)
  void namesThePlaceOfWhatItDoesNotUnderstand(String expression, String message) {
    assertThatThrownBy(() -> environment(expression))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAnUnknownShortForm() {
    assertThatThrownBy(() -> environment("!Base64 x"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Base64");
  }

  @Test
  void refusesATablePropertyThatWouldBeIgnored() throws IOException {
    Template template =
        read(
            """
            Resources:
              Table:
                Type: AWS::DynamoDB::Table
                Properties: { LocalSecondaryIndexes: [] }
            """,
            Map.of());

    assertThatThrownBy(template::tables)
        .hasMessage("Resources.Table: LocalSecondaryIndexes is not understood here");
  }

  private static final String SECRET =
      """
      Resources:
        Key: { Type: AWS::KMS::Key }
        Secret:
          Type: AWS::SecretsManager::Secret
          Properties:
            Description: Keys the ids
            GenerateSecretString: { PasswordLength: 64, %s }
            KmsKeyId: !GetAtt Key.Arn
      Outputs:
        Secret: { Value: !Ref Secret }
      """;

  @Test
  void readsASecretWithAGeneratedNameThatStaysTheSame() throws IOException {
    Template template = read(SECRET.formatted("ExcludePunctuation: true"), Map.of());
    SecretDefinition secret = template.secrets().getFirst();

    assertThat(secret)
        .isEqualTo(
            new SecretDefinition(
                "Secret",
                secret.name(),
                Optional.of("Keys the ids"),
                Optional.of("arn:aws:kms:eu-central-1:123456789012:key/stack-Key"),
                64,
                true));
    assertThat(secret.name()).matches("Secret-[0-9A-Za-z]{12}");
    assertThat(template.secrets()).containsExactly(secret);
    assertThat(template.outputs()).containsEntry("Secret", ACCOUNT.secretArn(secret.name()));
  }

  @Test
  void refusesASecretWhoseValueWouldBeAnother() throws IOException {
    Template template = read(SECRET.formatted("ExcludeNumbers: true"), Map.of());

    assertThatThrownBy(template::secrets)
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("ExcludeNumbers is not understood here");
  }

  @Test
  void followsANestedTemplateByWhatItIsGiven() throws IOException {
    nest(NESTED.formatted("!Ref Table"));

    assertThat(read(NESTING.formatted("Table: !Ref Table", "Alarm"), Map.of()).outputs())
        .containsEntry("Watched", "stack-Stack-Alarm of stack-Table");
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Table: a           | Alarm | !Ref Tables | Reference to Tables, which does not exist
          Table: a           | Fire  | !Ref Table  | The template nested by Stack has no output Fire
          Table: a, Queue: b | Alarm | !Ref Table  | The template has no parameter Queue
          Queue: b           | Alarm | !Ref Table  | The template has no parameter Queue
          ''                 | Alarm | !Ref Table  | Parameter Table needs a value: none given
          """)
  void refusesANestedTemplateAsCloudFormationDoes(
      String given, String output, String watched, String message) throws IOException {
    nest(NESTED.formatted(watched));
    Template template = read(NESTING.formatted(given, output), Map.of());

    assertThatThrownBy(template::outputs)
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(message);
  }

  private void nest(String yaml) throws IOException {
    Files.writeString(folder.resolve("nested.yaml"), yaml);
  }

  @Test
  void leavesOutResourcesWhoseConditionDoesNotHold() throws IOException {
    Template template =
        read(
            """
            Conditions: { Never: !Equals [a, b] }
            Resources:
              Table: { Type: AWS::DynamoDB::Table, Condition: Never }
            """,
            Map.of());

    assertThat(template.tables()).isEmpty();
  }

  @Test
  void understandsAllOfTheDeployedTemplate() {
    Template template = DeployedTemplate.with(Map.of("MaxConcurrentRuns", "5"));

    assertThat(template.outputs())
        .containsEntry("ConversationRecordsTable", "stack-ConversationRecordsTable")
        .containsEntry("DeletionQueue", "http://queues/stack-DeletionQueue")
        .hasEntrySatisfying(
            "DashboardUrl",
            url -> assertThat(url).endsWith("dashboard/stack-Monitoring-OperatorDashboard"));
    assertThat(template.functions())
        .allSatisfy(
            function ->
                assertThat(function.handler())
                    .matches("conversations\\.deletion\\.handler\\.\\w+::handleRequest"));
  }

  @Test
  void understandsTheDeployedTemplateWithAllThatIsOptional() {
    Template template =
        DeployedTemplate.with(
            Map.of(
                "Stage", "prod",
                "ExistingRecordsTable", "platform-records",
                "ExistingRecordsKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/records",
                "KmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/given",
                "FormerKmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/former",
                "AlarmEmail", "operator@b.example",
                "WebAclArn", "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/b",
                "AllowedSourceCidrs", "10.0.0.0/8,192.168.0.0/16"));

    assertThat(template.outputs())
        .containsEntry("ConversationRecordsTable", "platform-records")
        .containsEntry("KmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/given");
    assertThat(template.function("OffPeakFunction").environment())
        .containsEntry("CONVERSATION_RECORDS_TABLE", "platform-records");
    assertThat(template.tables())
        .extracting(TableDefinition::logicalId)
        .doesNotContain("ConversationRecordsTable");
  }

  @Test
  void namesTheRecordsTablesAttributesByItsParameters() {
    Template template =
        DeployedTemplate.with(
            Map.of(
                "RecordsPartitionKey", "pk",
                "RecordsSortKey", "sk",
                "RecordsIndex", "ByUser",
                "RecordsIndexPartitionKey", "userKey",
                "RecordsIndexSortKey", "begunAt",
                "RecordsShape", "headerKey=META records=META,MSG#",
                "RetainedRecordTypes", "METRIC,SUMMARY"));

    TableDefinition table =
        template.tables().stream()
            .filter(found -> found.logicalId().equals("ConversationRecordsTable"))
            .findFirst()
            .orElseThrow();

    assertThat(table.keys())
        .containsExactly(
            new TableDefinition.Key("pk", "HASH"), new TableDefinition.Key("sk", "RANGE"));
    assertThat(table.indexes())
        .containsExactly(
            new TableDefinition.Index(
                "ByUser",
                List.of(
                    new TableDefinition.Key("userKey", "HASH"),
                    new TableDefinition.Key("begunAt", "RANGE")),
                "KEYS_ONLY",
                List.of()));
    assertThat(template.function("OffPeakFunction").environment())
        .containsEntry("RECORDS_PARTITION_KEY", "pk")
        .containsEntry("RECORDS_SORT_KEY", "sk")
        .containsEntry("RECORDS_INDEX", "ByUser")
        .containsEntry("RECORDS_INDEX_PARTITION_KEY", "userKey")
        .containsEntry("RECORDS_INDEX_SORT_KEY", "begunAt")
        .containsEntry("RECORDS_SHAPE", "headerKey=META records=META,MSG#")
        .containsEntry("RETAINED_RECORD_TYPES", "METRIC,SUMMARY");
    assertThat(template.function("SubmitDeletionJobFunction").environment())
        .containsEntry("RECORDS_SHAPE", "headerKey=META records=META,MSG#");
  }

  @Test
  void readsTheDeployedApi() {
    ApiDefinition api = DeployedTemplate.with(Map.of()).api();

    assertThat(api.routes())
        .contains(
            new RouteDefinition(
                "POST",
                "/api/public/bot/{botId}/conversations/delete",
                "SubmitDeletionJobFunction",
                true));
    assertThat(api.authorizer())
        .contains(
            new ApiDefinition.Authorizer(
                "AuthorizerFunction",
                "auth",
                Optional.of("^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$"),
                Duration.ofSeconds(300)));
    assertThat(api.gatewayResponses().get("MISSING_AUTHENTICATION_TOKEN").statusCode())
        .hasValue(404);
    assertThat(api.gatewayResponses().get("THROTTLED").headers()).containsEntry("Retry-After", "1");
  }

  @Test
  void readsTheDeployedSchedule() {
    Template template =
        DeployedTemplate.with(Map.of("OffPeakHours", "18-23", "OffPeakTimezone", "Europe/Berlin"));

    ScheduleDefinition schedule = template.schedule();

    assertThat(schedule.cron()).isEqualTo("* 18-23 * * ? *");
    assertThat(schedule.timezone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(schedule.functionId()).isEqualTo("OffPeakFunction");
  }

  @Test
  void keepsHouseEveryFiveMinutesAtAnyHour() {
    ScheduleDefinition schedule =
        DeployedTemplate.with(Map.of("OffPeakHours", "18-23")).housekeeping();

    assertThat(schedule.cron()).isEqualTo("0/5 * * * ? *");
    assertThat(schedule.functionId()).isEqualTo("HousekeepingFunction");
  }

  @Test
  void tellsOwnersOfSubmissionsOnlyWhereToldTo() {
    assertThat(
            DeployedTemplate.with(Map.of())
                .function("SubmitDeletionJobFunction")
                .environment()
                .get("OWNER_NOTICES_TABLE"))
        .isEmpty();
    assertThat(
            DeployedTemplate.with(Map.of("TellOwnerAtSubmission", "true"))
                .function("SubmitDeletionJobFunction")
                .environment()
                .get("OWNER_NOTICES_TABLE"))
        .isNotEmpty();
  }

  @Test
  void wakesTheOffPeakFunctionLessOftenWhereToldTo() {
    assertThat(DeployedTemplate.with(Map.of("MinutesBetweenRuns", "15")).schedule().cron())
        .isEqualTo("0/15 0-5 * * ? *");
  }

  private static final String RULES =
      """
      Parameters:
        Stage: { Type: String, Default: dev }
        Size: { Type: String, Default: "" }
      Rules:
        ProductionHasASize:
          RuleCondition: !Equals [!Ref Stage, prod]
          Assertions:
            - Assert: !Not [!Equals [!Ref Size, ""]]
              AssertDescription: Say how large.
      """;

  @Test
  void assertsARuleWhoseConditionHolds() {
    assertThatThrownBy(() -> read(RULES, Map.of("Stage", "prod")))
        .isInstanceOf(TemplateException.class)
        .hasMessage("Rule ProductionHasASize: Say how large.");
    assertThatCode(() -> read(RULES, Map.of("Stage", "prod", "Size", "5")))
        .doesNotThrowAnyException();
    assertThatCode(() -> read(RULES, Map.of())).doesNotThrowAnyException();
  }

  /** It serves deployments, and there are none here. */
  @Test
  void leavesOutAFunctionOfAnotherLanguageAndItsSchedule() throws IOException {
    Template template =
        read(
            """
            Resources:
              Function:
                Type: AWS::Serverless::Function
                Properties: { Runtime: java25, Handler: a.H::h, Timeout: 1, MemorySize: 1, AutoPublishAlias: live }
              Check:
                Type: AWS::Serverless::Function
                Properties:
                  Runtime: nodejs24.x
                  InlineCode: ""
                  Environment: { Variables: { VERSION: !Ref Function.Version } }
              Nightly:
                Type: AWS::Scheduler::Schedule
                Properties:
                  ScheduleExpression: cron(* 3 * * ? *)
                  Target: { Arn: !GetAtt Function.Arn, Input: "{}" }
              Weekly:
                Type: AWS::Scheduler::Schedule
                Properties:
                  ScheduleExpression: rate(7 days)
                  Target: { Arn: !GetAtt Check.Arn, Input: "{}" }
            """,
            Map.of());

    assertThat(template.functions())
        .extracting(FunctionDefinition::logicalId)
        .containsExactly("Function");
    assertThat(template.schedule().functionId()).isEqualTo("Function");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "3", "18-23", "22-23,0-5", "1,3,3-4", "0-0", "10-19,20-23"})
  void takesOffPeakHoursThatTheFunctionsTake(String hours) {
    assertThat(DeployedTemplate.with(Map.of("OffPeakHours", hours)).schedule().cron())
        .isEqualTo("* %s * * ? *".formatted(hours));
    assertThatCode(() -> OffPeakHours.parse(hours)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "24", "0-24", "03", "-1", "1-", "1-2-3", "1,", ",1", "1,,2", "*,1", "*/2"})
  void refusesOffPeakHoursThatAreNone(String hours) {
    assertThatThrownBy(() -> DeployedTemplate.with(Map.of("OffPeakHours", hours)))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("OffPeakHours");
  }

  /** A pattern cannot compare numbers, or only by naming each. */
  @ParameterizedTest
  @ValueSource(strings = {"22-5", "7-3", "0-5,23-22"})
  void leavesRangesThatRunBackwardsToTheFunctions(String hours) {
    assertThatCode(() -> DeployedTemplate.with(Map.of("OffPeakHours", hours)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> OffPeakHours.parse(hours))
        .hasMessageContaining("must not wrap round midnight");
  }

  @Test
  void readsTheDeployedQueueWithItsDeadLetterQueue() {
    QueueDefinition queue =
        DeployedTemplate.with(Map.of()).queues().stream()
            .filter(found -> found.logicalId().equals("DeletionQueue"))
            .findFirst()
            .orElseThrow();

    assertThat(queue.attributes()).containsEntry("VisibilityTimeout", "120");
    assertThat(queue.redrive().map(QueueDefinition.Redrive::deadLetterTargetArn))
        .isEqualTo(
            Optional.of("arn:aws:sqs:eu-central-1:123456789012:stack-DeletionDeadLetterQueue"));
  }

  private Map<String, String> environment(String expression) throws IOException {
    return read(FUNCTION.formatted(expression), Map.of()).function("Function").environment();
  }

  private Template read(String yaml, Map<String, String> parameters) throws IOException {
    Path file = Files.writeString(folder.resolve("template.yaml"), yaml);
    return Template.read(file, parameters, ACCOUNT, "http://queues/"::concat);
  }
}
