package conversations.deletion.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.gateway.AccessPolicy.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {

  private static final String METHOD =
      "arn:aws:execute-api:eu-central-1:123456789012:api/dev/GET/api/public/bot/st-1/changelogs";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    METHOD + ", ALLOWED",
    "*, ALLOWED",
    "arn:aws:execute-api:eu-central-1:123456789012:api/dev/*, ALLOWED",
    "arn:aws:execute-api:eu-central-1:123456789012:api/dev/GET/api/public/bot/st-?/*, ALLOWED",
    "arn:aws:execute-api:eu-central-1:123456789012:api/dev/POST/*, DENIED",
    "arn:aws:execute-api:eu-central-1:123456789012:api/dev/GET/api/public/bot/st-??/*, DENIED",
    "arn:aws:execute-api:eu-central-1:123456789012:api/prod/*, DENIED",
    "arn.aws.execute-api.*, DENIED"
  })
  void comparesResourcesWithWildcards(String resource, Decision expected)
      throws JsonProcessingException {
    assertThat(decide(statement("Allow", "execute-api:Invoke", resource))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "execute-api:Invoke, ALLOWED",
    "EXECUTE-API:invoke, ALLOWED",
    "execute-api:*, ALLOWED",
    "*, ALLOWED",
    "lambda:Invoke, DENIED"
  })
  void comparesActionsWithoutCase(String action, Decision expected) throws JsonProcessingException {
    assertThat(decide(statement("Allow", action, "*"))).isEqualTo(expected);
  }

  @Test
  void deniesExplicitlyWhateverElseIsAllowed() throws JsonProcessingException {
    String statements =
        "[%s,%s]"
            .formatted(
                statement("Allow", "*", "*"), statement("Deny", "execute-api:Invoke", METHOD));

    assertThat(decide(statements)).isEqualTo(Decision.EXPLICITLY_DENIED);
  }

  @Test
  void ignoresAnEmptyConditionAsTheLambdaEventsLibraryWritesIt() throws JsonProcessingException {
    String statement =
        """
        {"Effect":"Allow","Action":["execute-api:Invoke"],"Resource":["*"],"Condition":{}}
        """;

    assertThat(decide(statement)).isEqualTo(Decision.ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"Effect\":\"Perhaps\",\"Action\":\"*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotResource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"Bool\":{}}}"
      })
  void refusesWhatIsNoPolicyOrIsNotUnderstood(String statements) {
    assertThatThrownBy(() -> decide(statements)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String statement(String effect, String action, String resource) {
    return "{\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"%s\"}"
        .formatted(effect, action, resource);
  }

  private static Decision decide(String statements) throws JsonProcessingException {
    JsonNode document =
        new ObjectMapper()
            .readTree("{\"Version\":\"2012-10-17\",\"Statement\":%s}".formatted(statements));
    return AccessPolicy.parse(document).decide(METHOD);
  }
}
