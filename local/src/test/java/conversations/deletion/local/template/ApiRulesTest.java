package conversations.deletion.local.template;

import static conversations.deletion.local.template.TransformedTemplate.refersTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the API meets strangers: before a function of ours is asked, or in its place. */
class ApiRulesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TransformedTemplate template = new TransformedTemplate();

  @Test
  void stopsOneAddressBeforeItUsesUpWhatAllCallersShare() {
    JsonNode rule = template.properties("WebAcl").at("/Rules/0");
    JsonNode rate = rule.at("/Statement/RateBasedStatement");

    assertThat(template.properties("WebAcl").path("Scope").asText()).isEqualTo("REGIONAL");
    assertThat(rule.path("Action").has("Block")).isTrue();
    assertThat(rate.path("AggregateKeyType").asText()).isEqualTo("IP");
    assertThat(refersTo(rate.path("Limit"), "RequestsPerAddress")).isTrue();
    assertThat(byDefault("RequestsPerAddress") / rate.path("EvaluationWindowSec").asInt())
        .as("requests a second")
        .isLessThanOrEqualTo(byDefault("ApiRequestsPerSecond") / 2);
  }

  @Test
  void putsItsWebAclBeforeTheStageUnlessToldOtherwise() {
    JsonNode association = template.properties("WebAclAssociation");

    assertThat(template.parameter("WebAclArn").path("Default").asText()).isEmpty();
    assertThat(refersTo(association.path("WebACLArn"), "WebAcl")).isTrue();
    assertThat(refersTo(association.path("WebACLArn"), "WebAclArn")).isTrue();
    assertThat(refersTo(association.path("ResourceArn"), "Api")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "none", "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/b"})
  void takesAWebAclThatExistsOrNone(String arn) {
    assertThatCode(() -> DeployedTemplate.with(Map.of("WebAclArn", arn)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"any", "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b"})
  void refusesAWebAclThatNoRegionalApiCanHave(String arn) {
    assertThatThrownBy(() -> DeployedTemplate.with(Map.of("WebAclArn", arn)))
        .isInstanceOf(TemplateException.class);
  }

  /** A sample holds the headers of a request, and one of them is the token. */
  @Test
  void keepsNoSamplesOfRequests() {
    assertThat(template.each("AWS::WAFv2::WebACL", "").values())
        .isNotEmpty()
        .flatExtracting(webAcl -> webAcl.findValues("SampledRequestsEnabled"))
        .hasSize(2)
        .noneMatch(JsonNode::asBoolean);
  }

  @Test
  void takesNothingOlderThanTls12() {
    assertThat(template.properties("Api").path("SecurityPolicy").asText())
        .startsWith("SecurityPolicy_TLS13_1_2_");
    assertThat(template.properties("Api").path("EndpointAccessMode").asText()).isEqualTo("STRICT");
  }

  @Test
  void asksTheAuthorizerOnlyAboutWhatHasTheFormOfAToken() {
    String expression =
        template
            .properties("Api")
            .findPath("x-amazon-apigateway-authorizer")
            .path("identityValidationExpression")
            .asText();

    assertThat(List.of("eyJhbGciOiJIUzI1NiJ9.eyJhcHBJZCI6ImEifQ.c2ln-_8", "a.b.c"))
        .allMatch(Pattern.compile(expression).asMatchPredicate());
    assertThat(List.of("", "a.b", "a.b.", "a.b.c.d", "a.b.c d", "a.b.c=", "Bearer a.b.c"))
        .noneMatch(Pattern.compile(expression).asMatchPredicate());
  }

  @Test
  void answersByItselfWithProblemDocuments() {
    assertThat(responses().properties())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            response -> {
              JsonNode problem = problem(response.getValue());
              assertThat(header(response.getValue(), "Content-Type"))
                  .isEqualTo("'application/problem+json'");
              assertThat(problem.fieldNames())
                  .toIterable()
                  .contains("type", "title", "detail", "instance", "errors");
              assertThat(problem.path("status").asText())
                  .as(response.getKey())
                  .isEqualTo(response.getValue().path("statusCode").asText());
            });
  }

  @Test
  void saysWhenToComeBackWhereverItTurnsAwayForCallingTooOften() {
    assertThat(responses())
        .filteredOn(response -> response.path("statusCode").asInt() == 429)
        .hasSize(2)
        .allSatisfy(response -> assertThat(header(response, "Retry-After")).matches("'[0-9]+'"));
  }

  /** A caller need not learn whether the gateway or the authorizer refused the token. */
  @Test
  void refusesATokenAlikeWhoeverRefusesIt() {
    assertThat(withoutDetail("ACCESS_DENIED")).isEqualTo(withoutDetail("UNAUTHORIZED"));
    assertThat(responses().path("ACCESS_DENIED").path("responseParameters"))
        .isEqualTo(responses().path("UNAUTHORIZED").path("responseParameters"));
    assertThat(header(responses().path("ACCESS_DENIED"), "WWW-Authenticate")).isNotEmpty();
  }

  /** A stranger may find a way to provoke one failure. */
  @Test
  void rollsNothingBackForASingleFailure() {
    assertThat(
            template
                .each("AWS::CodeDeploy::DeploymentGroup", "/AlarmConfiguration/Alarms")
                .values())
        .isNotEmpty()
        .flatExtracting(alarms -> alarms.findValuesAsText("Ref"))
        .allSatisfy(
            alarm -> {
              JsonNode properties = template.properties(alarm);
              assertThat(
                      properties.path("Threshold").asInt() >= 3
                          || properties.path("DatapointsToAlarm").asInt() >= 2)
                  .as(alarm)
                  .isTrue();
            });
  }

  private int byDefault(String parameter) {
    return template.parameter(parameter).path("Default").asInt();
  }

  private JsonNode responses() {
    return template.properties("Api").findPath("x-amazon-apigateway-gateway-responses");
  }

  private static String header(JsonNode response, String name) {
    return response.path("responseParameters").path("gatewayresponse.header." + name).asText();
  }

  private ObjectNode withoutDetail(String response) {
    return ((ObjectNode) problem(responses().path(response))).without("detail");
  }

  private static JsonNode problem(JsonNode response) {
    try {
      return JSON.readTree(response.path("responseTemplates").path("application/json").asText());
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + response, e);
    }
  }
}
