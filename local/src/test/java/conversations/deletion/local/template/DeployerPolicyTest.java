package conversations.deletion.local.template;

import static conversations.deletion.local.template.DeployerPolicy.filled;
import static conversations.deletion.local.template.DeployerPolicy.statements;
import static conversations.deletion.local.template.TransformedTemplate.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy for whoever deploys allows what the templates need, and nothing else. */
class DeployerPolicyTest {

  private static final String SHORT = "deletion";

  /** CloudFormation leaves its end out of the names of some roles and functions. */
  private static final String LONG = "conversation-deletion-prod";

  private static final String LONGEST = "a-stack-with-a-name-of-55-characters-as-long-as-it-gets";

  private static final String IAM = "arn:aws:iam::123456789012:";

  /** What names no resource, by AWS's service authorization reference, and why. */
  private static final Map<String, String> ON_ALL_RESOURCES =
      Map.ofEntries(
          Map.entry("kms:CreateKey", "there is no key yet"),
          Map.entry("kms:ListAliases", "lists"),
          Map.entry("lambda:CreateEventSourceMapping", "bound by the function that it feeds"),
          Map.entry("secretsmanager:GetRandomPassword", "makes a text, and keeps nothing"),
          Map.entry("ec2:DescribeNetworkInterfaces", "lists"),
          Map.entry("ec2:DescribeSecurityGroups", "lists"),
          Map.entry("ec2:DescribeSubnets", "lists"),
          Map.entry("ec2:DescribeVpcs", "lists"),
          Map.entry("codedeploy:StopDeployment", "a deployment has no ARN"),
          Map.entry("logs:DescribeIndexPolicies", "lists"),
          Map.entry("logs:DescribeLogGroups", "lists"),
          Map.entry("logs:DescribeResourcePolicies", "lists"));

  private final DeployerPolicy policy = new DeployerPolicy(SHORT);

  @ParameterizedTest
  @ValueSource(strings = {SHORT, LONG, LONGEST})
  void letsCloudFormationDoWhatItDoesForEveryResource(String stack) {
    assertThat(DeployerNeeds.types())
        .contains("AWS::Lambda::Function", "AWS::CloudWatch::Dashboard")
        .allSatisfy(type -> assertAllowed(type, stack));
  }

  @Test
  void isAskedForNoPropertyThatTheTableLeavesOut() {
    assertThat(DeployerNeeds.types())
        .allSatisfy(
            type ->
                assertThat(DeployerNeeds.ofType(type).values())
                    .flatExtracting(resource -> resource.path("Properties").properties())
                    .extracting(Map.Entry::getKey)
                    .as("%s: add what they need to handler-permissions.json", type)
                    .noneMatch(DeployerNeeds.without(type)::contains));
  }

  @ParameterizedTest
  @ValueSource(strings = {SHORT, LONG, LONGEST})
  void letsSamCliDoWhatItDoes(String stack) {
    assertAllowed(DeployerNeeds.SAM, stack);
  }

  private static void assertAllowed(String type, String stack) {
    DeployerPolicy policy = new DeployerPolicy(stack);
    assertThat(new DeployerNeeds(stack).of(type))
        .as("%s in handler-permissions.json", type)
        .isNotEmpty()
        .allSatisfy(
            need ->
                assertThat(need.actions())
                    .as("%s", need)
                    .isNotEmpty()
                    .allMatch(action -> policy.allows(action, need.arn(), need.context())));
  }

  @Test
  void passesEachRoleToTheServiceThatTrustsIt() {
    Map<String, String> names = new DeployerNeeds(SHORT).names("AWS::IAM::Role");
    assertThat(DeployerNeeds.ofType("AWS::IAM::Role"))
        .allSatisfy(
            (id, role) ->
                assertThat(texts(role.findPath("AssumeRolePolicyDocument").findPath("Service")))
                    .isNotEmpty()
                    .allMatch(service -> passes(names.get(id), service)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec2.amazonaws.com", "cloudformation.amazonaws.com", ""})
  void passesNoRoleToAnotherService(String service) {
    assertThat(passes("deletion-Role", service)).isFalse();
  }

  private boolean passes(String role, String service) {
    return policy.allows(
        "iam:PassRole", IAM + "role/" + role, Map.of("iam:PassedToService", service));
  }

  @Test
  void attachesTheTemplatesPoliciesToRoles() {
    Set<String> attached = new TreeSet<>();
    for (String name : new DeployerNeeds(SHORT).names("AWS::IAM::ManagedPolicy").values()) {
      attached.addAll(List.of(IAM + "policy/" + name, IAM + "policy/a/path/" + name));
    }
    for (JsonNode role : DeployerNeeds.ofType("AWS::IAM::Role").values()) {
      for (String arn : role.findPath("ManagedPolicyArns").findValuesAsText("Fn::Sub")) {
        attached.add(arn.replace("${AWS::Partition}", "aws"));
      }
    }
    assertThat(attached).hasSizeGreaterThanOrEqualTo(5).allMatch(this::attaches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::aws:policy/AdministratorAccess",
        "arn:aws:iam::123456789012:policy/another"
      })
  void attachesNoOtherPolicyToRoles(String arn) {
    assertThat(attaches(arn)).isFalse();
  }

  private boolean attaches(String arn) {
    return policy.allows(
        "iam:AttachRolePolicy", IAM + "role/deletion-Role", Map.of("iam:PolicyARN", arn));
  }

  /** Or who deploys could extend what they may do, or change what they don't deploy. */
  @ParameterizedTest
  @CsvSource({
    "iam:PutRolePolicy, arn:aws:iam::123456789012:role/deploy-deletion",
    "iam:CreatePolicyVersion, arn:aws:iam::123456789012:policy/deploy-deletion",
    "cloudformation:DeleteStack, arn:aws:cloudformation:eu-west-1:123456789012:stack/deletions/0a",
    "lambda:DeleteEventSourceMapping, "
        + "arn:aws:lambda:eu-west-1:123456789012:event-source-mapping:0a1b2c3d",
    "lambda:UpdateFunctionCode, arn:aws:lambda:eu-west-1:123456789012:function:deletions-Other",
    "dynamodb:DeleteTable, arn:aws:dynamodb:eu-west-1:123456789012:table/deletions-Other",
    "dynamodb:DeleteTable, arn:aws:dynamodb:eu-west-2:123456789012:table/deletion-Other",
    "dynamodb:GetItem, arn:aws:dynamodb:eu-west-1:123456789012:table/deletion-BotsTable-a1B2c3D4e5F6",
    "kms:Decrypt, arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d",
    "kms:ScheduleKeyDeletion, arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d",
    "secretsmanager:GetSecretValue, "
        + "arn:aws:secretsmanager:eu-west-1:123456789012:secret:deletion/client-app/shop-a1b2c3"
  })
  void reachesNeitherOtherStacksNorItselfNorData(String action, String arn) {
    assertThat(policy.allows(action, arn, Map.of())).isFalse();
  }

  @Test
  void allowsByNameWhatIsNeededAndNoMore() {
    Set<String> needed = new TreeSet<>();
    Set<String> types = DeployerNeeds.types();
    types.add(DeployerNeeds.SAM);
    for (String type : types) {
      new DeployerNeeds(SHORT).of(type).forEach(need -> needed.addAll(need.actions()));
    }
    assertThat(statements())
        .allMatch(statement -> statement.path("Effect").asText().equals("Allow"))
        .allMatch(statement -> statement.has("Resource"))
        .flatExtracting(statement -> texts(statement.path("Action")))
        .allMatch(action -> action.matches("[a-z0-9]+:[A-Za-z0-9]+"))
        .isSubsetOf(needed);
  }

  @Test
  void allowsOnAllResourcesOnlyWhatNamesNone() {
    assertThat(statements())
        .filteredOn(statement -> texts(statement.path("Resource")).contains("*"))
        .flatExtracting(statement -> texts(statement.path("Action")))
        .containsExactlyInAnyOrderElementsOf(ON_ALL_RESOURCES.keySet());
  }

  /** IAM counts no white space. */
  @Test
  void fitsIntoManagedPoliciesWhateverTheStackAndTheRegionAreCalled() throws IOException {
    for (Path file : DeployerPolicy.FILES) {
      String text = filled(Files.readString(file), LONGEST, "ap-southeast-99");
      assertThat(text.replaceAll("\\s", "").length()).as("%s", file).isLessThanOrEqualTo(6144);
    }
  }

  @Test
  void hasNoOtherPlaceholdersThanTheGuideFillsIn() {
    assertThat(statements())
        .flatExtracting(
            statement ->
                Pattern.compile("\\b[A-Z]{2,}\\b")
                    .matcher(statement.path("Resource") + " " + statement.path("Condition"))
                    .results()
                    .map(MatchResult::group)
                    .toList())
        .containsOnly("ACCOUNT", "REGION", "STACK", "PREFIX");
  }
}
