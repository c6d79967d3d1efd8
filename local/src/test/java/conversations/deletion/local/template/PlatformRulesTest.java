package conversations.deletion.local.template;

import static conversations.deletion.local.template.TransformedTemplate.refersTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a platform prescribes for all that runs in its account. */
class PlatformRulesTest {

  private static final String FUNCTION = "AWS::Lambda::Function";

  private final TransformedTemplate template = new TransformedTemplate();

  @Test
  void givesEachRoleTheBoundaryAndEachRoleAndPolicyThePathThatAPlatformPrescribes() {
    assertThat(template.each("AWS::IAM::Role", "/PermissionsBoundary").values())
        .hasSizeGreaterThan(10)
        .allMatch(boundary -> refersTo(boundary, "PermissionsBoundary"));
    assertThat(
            Stream.of("AWS::IAM::Role", "AWS::IAM::ManagedPolicy")
                .flatMap(type -> template.each(type, "/Path").values().stream()))
        .allMatch(
            path ->
                path.toString()
                    .equals(
                        "{\"Fn::If\":[\"HasRolePath\",{\"Ref\":\"RolePath\"},{\"Ref\":\"AWS::NoValue\"}]}"));
  }

  @Test
  void runsAllFunctionsInTheSubnetsThatAPlatformPrescribes() {
    assertThat(template.each(FUNCTION, "/VpcConfig").values())
        .allMatch(vpc -> refersTo(vpc, "SubnetIds") && refersTo(vpc, "SecurityGroupIds"));
  }

  @Test
  void leavesTheAccountsRoleForLogsAloneUnlessTold() {
    assertThat(template.parameter("ManageApiGatewayAccount").path("Default").asText())
        .isEqualTo("false");
    assertThat(template.resource("ApiGatewayAccount").path("Condition").asText())
        .isEqualTo("ManagesApiGatewayAccount");
  }

  /** What can't be made again, and the queue, whose messages would be lost. */
  @Test
  void offersAStackPolicyForAllThatHoldsSomething() throws IOException {
    Set<String> holds = new TreeSet<>(List.of("DeletionQueue"));
    template.all().stream()
        .filter(id -> template.resource(id).path("DeletionPolicy").asText().startsWith("Retain"))
        .filter(id -> !id.startsWith("ApiGateway"))
        .forEach(holds::add);

    JsonNode policy = new ObjectMapper().readTree(Path.of("../docs/stack-policy.json").toFile());

    assertThat(policy.at("/Statement/1/Effect").asText()).isEqualTo("Deny");
    assertThat(TransformedTemplate.texts(policy.at("/Statement/1/Resource")))
        .containsExactlyInAnyOrderElementsOf(
            holds.stream().map("LogicalResourceId/"::concat).toList());
  }
}
