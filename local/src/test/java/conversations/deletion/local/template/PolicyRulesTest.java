package conversations.deletion.local.template;

import static conversations.deletion.local.template.TransformedTemplate.refersTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.local.template.TransformedTemplate.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what to what, by every policy of the template and of what SAM adds to it. */
class PolicyRulesTest {

  private static final String FUNCTION = "AWS::Lambda::Function";

  /** Of the account, for the logs of any API in it: API Gateway checks that its role has it. */
  private static final Set<String> MANAGED_BY_AWS = Set.of("AmazonAPIGatewayPushToCloudWatchLogs");

  /**
   * AWS does not say that these tell on whose behalf they take a role. Nobody outside the account
   * can hand it to them: a role is passed within its account only.
   */
  private static final Set<String> NAME_NO_SOURCE =
      Set.of("lambda.amazonaws.com", "apigateway.amazonaws.com", "codedeploy.amazonaws.com");

  /** What more than one function needs, and what stands for the settings of all. */
  private static final Set<String> SHARED =
      Set.of(
          "{\"Ref\":\"RuntimePolicy\"}",
          "{\"Ref\":\"EndpointPolicy\"}",
          "{\"Ref\":\"SettingsPolicy\"}");

  private static final List<String> NETWORK_INTERFACES =
      List.of(
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses");

  private final TransformedTemplate template = new TransformedTemplate();

  @Test
  void letsServicesUseTheKeyForThisStackAlone() {
    assertThat(template.statements())
        .filteredOn(statement -> statement.resource().equals("Key"))
        .filteredOn(statement -> !statement.node().path("Sid").asText().equals("AccountDecides"))
        .hasSize(2)
        .allSatisfy(
            statement ->
                assertThat(statement.node().path("Condition").toString())
                    .contains("${AWS::StackName}-"));
  }

  @ParameterizedTest
  @CsvSource({
    "AWS::SQS::Queue, AWS::SQS::QueuePolicy, /Queues, sqs:*",
    "AWS::SNS::Topic, AWS::SNS::TopicPolicy, /Topics, sns:Publish"
  })
  void takesNothingFromQueuesAndTopicsWithoutTls(
      String type, String policyType, String attachedTo, String action) {
    for (String id : template.all(type)) {
      List<String> policies =
          template.all(policyType).stream()
              .filter(policy -> refersTo(template.properties(policy).at(attachedTo), id))
              .toList();
      assertThat(policies).as("of two policies of %s one would be lost", id).hasSize(1);
      assertThat(template.statements())
          .as(id)
          .filteredOn(statement -> policies.contains(statement.resource()) && !statement.allows())
          .singleElement()
          .satisfies(
              statement -> {
                assertThat(statement.principals()).containsExactly("*");
                assertThat(statement.actions()).containsExactly(action);
                assertThat(statement.resources())
                    .singleElement()
                    .isIn("*", "{\"Ref\":\"%s\"}".formatted(id));
                assertThat(statement.node().at("/Condition/Bool/aws:SecureTransport").asText())
                    .isEqualTo("false");
              });
    }
  }

  @Test
  void asksTheAuthorizerAboutEveryRequest() {
    List<JsonNode> methods =
        template.properties("Api").at("/Body/paths").properties().stream()
            .flatMap(path -> path.getValue().properties().stream())
            .map(Map.Entry::getValue)
            .toList();

    assertThat(methods)
        .hasSize(13)
        .allSatisfy(
            method ->
                assertThat(method.path("security").toString())
                    .isEqualTo("[{\"ClientAppAuthorizer\":[]}]"));
  }

  @Test
  void letsNobodyInWithoutACondition() {
    assertThat(template.statements())
        .filteredOn(statement -> statement.allows() && statement.principals().contains("*"))
        .hasSize(1)
        .allMatch(Statement::hasCondition);
    assertThat(template.all("AWS::Lambda::Permission"))
        .allSatisfy(id -> assertThat(template.properties(id).has("SourceArn")).as(id).isTrue());
  }

  @Test
  void turnsAwayAddressesBeforeTheAuthorizerIsAsked() {
    assertThat(template.statements())
        .filteredOn(statement -> statement.resource().equals("Api") && !statement.allows())
        .extracting(statement -> statement.node().at("/Condition/NotIpAddress/aws:SourceIp"))
        .extracting(JsonNode::toString)
        .containsExactly("{\"Fn::Split\":[\",\",\"0.0.0.0/0,::/0\"]}");
  }

  /** Or a stranger could have the service act for them on what is ours. */
  @Test
  void letsServicesActOnBehalfOfThisStackAlone() {
    assertThat(template.statements())
        .filteredOn(statement -> !statement.services().isEmpty())
        .filteredOn(
            statement ->
                !(statement.actions().equals(List.of("sts:AssumeRole"))
                    && NAME_NO_SOURCE.containsAll(statement.services())))
        .hasSize(4)
        .allSatisfy(
            statement ->
                assertThat(statement.node().path("Condition").toString())
                    .as(statement.resource())
                    .containsPattern("aws:SourceArn\"|kms:EncryptionContext:aws:logs:arn\"")
                    .contains("${AWS::AccountId}"));
  }

  @Test
  void movesAliasesOfThisStacksFunctionsAlone() {
    assertThat(template.each("AWS::CodeDeploy::DeploymentGroup", "/ServiceRoleArn").values())
        .extracting(JsonNode::toString)
        .containsOnly("{\"Fn::GetAtt\":[\"DeploymentRole\",\"Arn\"]}");
    assertThat(template.statements())
        .filteredOn(statement -> statement.actions().contains("lambda:UpdateAlias"))
        .singleElement()
        .satisfies(
            statement ->
                assertThat(statement.resources())
                    .containsExactlyInAnyOrderElementsOf(
                        template.each("AWS::Lambda::Alias", "/FunctionName/Ref").values().stream()
                            .map(JsonNode::asText)
                            .map("{\"Fn::GetAtt\":[\"%s\",\"Arn\"]}"::formatted)
                            .toList()));
  }

  @Test
  void grantsNoActionsByAStar() {
    assertThat(template.statements())
        .filteredOn(Statement::allows)
        .filteredOn(statement -> statement.actions().stream().anyMatch(one -> one.contains("*")))
        .extracting(statement -> statement.node().path("Sid").asText())
        .as("of the key's policy, which makes IAM decide")
        .containsExactly("AccountDecides");
  }

  @Test
  void grantsNothingOnAllResourcesButToXRayWhichHasNoneAndToNetworkInterfacesOfLambda() {
    assertThat(template.statements())
        .filteredOn(statement -> !statement.resource().equals("Key"))
        .filteredOn(Statement::allows)
        .filteredOn(statement -> statement.resources().contains("*"))
        .extracting(Statement::actions)
        .containsExactly(
            List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"), NETWORK_INTERFACES);
  }

  /** Lambda makes a function's network interfaces by its role. The function is not to. */
  @Test
  void letsNoFunctionTouchTheNetworkByItself() {
    assertThat(template.statements())
        .filteredOn(
            statement -> statement.actions().stream().anyMatch(one -> one.startsWith("ec2:")))
        .allSatisfy(statement -> assertThat(statement.resource()).isEqualTo("RuntimePolicy"))
        .filteredOn(statement -> !statement.allows())
        .singleElement()
        .satisfies(
            denied -> {
              assertThat(denied.actions()).containsExactly("ec2:*");
              assertThat(denied.node().path("Condition").toString())
                  .contains("lambda:SourceFunctionArn");
            });
  }

  @Test
  void grantsOnAStarWithinANameOnlyWhatHasNoNameHere() {
    assertThat(template.statements())
        .filteredOn(statement -> statement.allows() && !statement.resource().equals("Api"))
        .flatExtracting(Statement::resources)
        .filteredOn(resource -> resource.contains("*") && !resource.equals("*"))
        .as(
            "secrets of client apps, SES (twice 2), deployment groups, attachments; and twice each"
                + " function's versions")
        .hasSize(7 + 2 * template.all("AWS::Lambda::Alias").size())
        .allMatch(
            resource ->
                resource.contains("secret:${AWS::StackName}/client-app/*")
                    || resource.contains(":ses:")
                    || resource.contains(":s3:::${AttachmentsBucket}/*")
                    || resource.contains("deploymentgroup:${ServerlessDeploymentApplication}/*")
                    || resource.matches("\\{\"Fn::Sub\":\"\\$\\{\\w+Function\\.Arn}:\\*\"}"));
  }

  @Test
  void letsRolesUseTheKeyOnlyForOneService() {
    assertThat(template.statements())
        .filteredOn(statement -> !statement.resource().equals("Key"))
        .filteredOn(statement -> statement.actions().stream().anyMatch(a -> a.startsWith("kms:")))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            statement ->
                assertThat(statement.node().path("Condition").toString())
                    .containsAnyOf("kms:ViaService", "kms:EncryptionContext:"));
  }

  @Test
  void leavesPoliciesOfAwssMakingToWhatAwsDoes() {
    assertThat(template.each("AWS::IAM::Role", "/ManagedPolicyArns"))
        .allSatisfy(
            (role, policies) ->
                assertThat(TransformedTemplate.texts(policies))
                    .as(role)
                    .allMatch(
                        policy ->
                            SHARED.contains(policy)
                                || MANAGED_BY_AWS.stream().anyMatch(policy::contains)));
  }

  /** So no caller and no preview can delete anything, whatever the code does. */
  @Test
  void letsOnlyTheOffPeakFunctionWriteToRecordsOrAttachments() {
    Set<String> reading =
        Set.of(
            "dynamodb:DescribeTable",
            "dynamodb:Query",
            "dynamodb:Scan",
            "s3:ListBucketVersions",
            "s3:ListBucketMultipartUploads");
    List<Statement> writing =
        template.statements().stream()
            .filter(statement -> statement.allows() && reachesConversations(statement))
            .filter(statement -> !isOfTheirKey(statement))
            .filter(statement -> !reading.containsAll(statement.actions()))
            .toList();

    assertThat(writing).extracting(Statement::resource).containsOnly("OffPeakFunctionRole");
    assertThat(writing)
        .flatExtracting(Statement::actions)
        .contains("dynamodb:BatchWriteItem", "s3:DeleteObjectVersion", "s3:AbortMultipartUpload");
  }

  private static boolean reachesConversations(Statement statement) {
    return Stream.of("ConversationRecordsTable", "ExistingRecordsTable", "AttachmentsBucket")
        .anyMatch(store -> refersTo(statement.node().path("Resource"), store));
  }

  /** It deletes nothing by itself, and is of use only together with a permission on the table. */
  private static boolean isOfTheirKey(Statement statement) {
    return statement.actions().equals(List.of("kms:Decrypt"));
  }

  /** What a preview counts is what was there, and it leaves no trace in it. */
  @Test
  void letsPreviewsReadRecordsAndListAttachmentsAndNoMore() {
    assertThat(template.statements())
        .filteredOn(statement -> statement.resource().equals("PreviewFunctionRole"))
        .filteredOn(PolicyRulesTest::reachesConversations)
        .isNotEmpty()
        .flatExtracting(Statement::actions)
        .containsOnly(
            "dynamodb:DescribeTable",
            "dynamodb:Query",
            "dynamodb:Scan",
            "s3:ListBucketVersions",
            "s3:ListBucketMultipartUploads");
  }

  /** They hold ids of conversations, and no record is theirs to read. */
  @Test
  void letsTheEndpointsOfPreviewsReachNeitherRecordsNorAttachments() {
    for (String function : List.of("SubmitPreview", "FindPreview", "ListPreviewConversations")) {
      assertThat(template.statements())
          .filteredOn(statement -> statement.resource().equals(function + "FunctionRole"))
          .isNotEmpty()
          .noneMatch(PolicyRulesTest::reachesConversations);
    }
  }

  /** So it can delete no conversation, whatever its code does. */
  @Test
  void givesTheHousekeepingNoRightToRecordsAttachmentsOrWhatJobsPlanAndNoWriteOfJobs() {
    assertThat(template.statements())
        .filteredOn(statement -> statement.resource().equals("HousekeepingFunctionRole"))
        .isNotEmpty()
        .allSatisfy(
            statement -> {
              for (String untouched :
                  List.of(
                      "ConversationRecordsTable",
                      "ExistingRecordsTable",
                      "AttachmentsBucket",
                      "DeletionJobConversationsTable",
                      "DeletionQueue")) {
                assertThat(refersTo(statement.node(), untouched)).as(untouched).isFalse();
              }
              if (refersTo(statement.node(), "DeletionJobsTable")) {
                assertThat(statement.actions()).containsExactly("dynamodb:GetItem");
              }
            });
  }

  /** So nothing that runs by itself, and no request that only reads, can place or release one. */
  @Test
  void letsHoldsBeWrittenByTheFunctionThatPlacesThemAndByTheHousekeepingAlone() {
    List<Statement> onHolds =
        template.statements().stream()
            .filter(statement -> refersTo(statement.node().path("Resource"), "HoldsTable"))
            .toList();

    assertThat(onHolds)
        .extracting(Statement::resource)
        .containsOnly(
            "HoldFunctionRole",
            "FindHoldFunctionRole",
            "OffPeakFunctionRole",
            "PreviewFunctionRole",
            "HousekeepingFunctionRole");
    assertThat(onHolds)
        .filteredOn(
            statement ->
                !Set.of("dynamodb:GetItem", "dynamodb:Query").containsAll(statement.actions()))
        .allSatisfy(
            statement ->
                assertThat(statement.actions())
                    .containsExactlyInAnyOrder(
                        "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"))
        .extracting(Statement::resource)
        .containsExactlyInAnyOrder("HoldFunctionRole", "HousekeepingFunctionRole");
  }

  /** They hold what is kept, and why. Nothing of it can be deleted but by its time to live. */
  @Test
  void letsTheFunctionsOfHoldsDeleteNothing() {
    assertThat(template.statements())
        .filteredOn(
            statement ->
                Set.of("HoldFunctionRole", "FindHoldFunctionRole").contains(statement.resource()))
        .isNotEmpty()
        .flatExtracting(Statement::actions)
        .noneMatch(action -> action.contains("Delete") || action.contains("BatchWrite"));
  }

  @Test
  void givesEachFunctionARoleOfItsOwn() {
    assertThat(template.each(FUNCTION, "/Role"))
        .allSatisfy(
            (function, role) ->
                assertThat(role.at("/Fn::GetAtt/0").asText()).isEqualTo(function + "Role"));
  }

  @Test
  void readsTheStacksSecretWhereJobsAndPreviewsAreSubmittedAlone() {
    assertThat(template.statements())
        .filteredOn(statement -> refersTo(statement.node(), "StackSecret"))
        .hasSize(4)
        .filteredOn(statement -> statement.actions().contains("secretsmanager:GetSecretValue"))
        .allSatisfy(
            statement ->
                assertThat(statement.resources()).containsExactly("{\"Ref\":\"StackSecret\"}"))
        .extracting(Statement::resource)
        .containsExactlyInAnyOrder("SubmitDeletionJobFunctionRole", "SubmitPreviewFunctionRole");
  }

  /** Address or domain, the configuration set of either, and in the sandbox the recipient. */
  @Test
  void sendsMailFromTheSendersAddressAloneByWhateverIdentityTheAccountHas() {
    assertThat(template.statements())
        .filteredOn(statement -> statement.actions().contains("ses:SendEmail"))
        .hasSize(2)
        .allSatisfy(
            statement -> {
              assertThat(statement.resources())
                  .hasSize(2)
                  .anyMatch(resource -> resource.contains(":identity/*"))
                  .anyMatch(resource -> resource.contains(":configuration-set/*"));
              assertThat(
                      refersTo(
                          statement.node().at("/Condition/StringEquals/ses:FromAddress"),
                          "SenderAddress"))
                  .isTrue();
            });
  }
}
