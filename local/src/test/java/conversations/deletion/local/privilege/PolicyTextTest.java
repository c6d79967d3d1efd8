package conversations.deletion.local.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader of the template sees of what roles may do. */
class PolicyTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"template.yaml", "monitoring.yaml"})
  void aTemplateHasNoActionWithAStarAndAReasonBesideEachResourceWithOne(String file)
      throws IOException {
    assertThat(PolicyText.faults(Files.readString(Path.of("..", file)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- { Effect: Allow, Action: 'sqs:*', Resource: !GetAtt Queue.Arn }",
        "- { Effect: Allow, Action: [sqs:SendMessage, 'sqs:Get*'], Resource: !GetAtt Queue.Arn }",
        "# Even with a reason.\\n- { Effect: Allow, Action: '*', Resource: !GetAtt Queue.Arn }",
      })
  void anActionWithAStarIsAFault(String statement) {
    assertThat(PolicyText.faults(statement.translateEscapes()))
        .singleElement()
        .asString()
        .contains("action");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- { Effect: Allow, Action: xray:PutTraceSegments, Resource: '*' }",
        "- { Effect: Allow, Action: sqs:SendMessage, Resource: [a, !Sub 'b-${C}-*'] }",
        "- Effect: Allow\\n  Action: sqs:SendMessage\\n  Resource: !If [Has, a, !Join ['', [b, '*']]]",
        "- Effect: Allow\\n  Action: a:B\\n  Resource: '*'\\n# A reason of the next.\\n- Effect: Deny",
        "# A reason of the one above.\\n- Effect: Deny\\n- Effect: Allow\\n  Action: a:B\\n  Resource: '*'",
      })
  void aResourceWithAStarAndNoReasonIsAFault(String statement) {
    assertThat(PolicyText.faults(statement.translateEscapes()))
        .singleElement()
        .asString()
        .contains("resource");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# X-Ray has no resources.\\n- Effect: Allow\\n  Action: xray:PutTraceSegments\\n  Resource: '*'",
        "- Effect: Allow\\n  Action: a:B\\n  # Names are not known.\\n  Resource: '*'",
        "- Effect: Allow\\n  Action: a:B\\n  Resource: '*' # Names are not known.",
        "- { Effect: Allow, Action: a:B, Resource: !GetAtt Queue.Arn }",
        "- { Effect: Deny, Action: '*', Resource: '*' }",
        "- { Effect: Allow, Principal: '*', Action: 'kms:*', Resource: '*' }",
      })
  void aReasonOrNoStarIsNone(String statement) {
    assertThat(PolicyText.faults(statement.translateEscapes())).isEmpty();
  }
}
