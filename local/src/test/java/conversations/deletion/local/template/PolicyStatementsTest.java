package conversations.deletion.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyStatementsTest {

  private static final Account ACCOUNT = new Account("123456789012", "eu-central-1", "stack");

  private static final String TEMPLATE =
      """
      Resources:
        Table: { Type: AWS::DynamoDB::Table }
        Shared:
          Type: AWS::IAM::ManagedPolicy
          Properties:
            PolicyDocument:
              Version: "2012-10-17"
              Statement:
                - { Effect: Allow, Action: [a:One, a:Two], Resource: "*" }
        Role:
          Type: AWS::IAM::Role
          Properties:
            ManagedPolicyArns: [!Ref Shared]
            Policies:
              - PolicyName: Own
                PolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - %s
        Function:
          Type: AWS::Serverless::Function
          Properties: { %s }
      """;

  private static final String STATEMENT = "{ Effect: Allow, Action: a:B, Resource: c }";
  private static final String ITS_ROLE = "Role: !GetAtt Role.Arn";

  @TempDir private Path folder;

  @Test
  void tellsWhatARoleMayDoByPoliciesOfItsOwnAndByThoseThatItShares() throws IOException {
    String statement =
        "{ Effect: Allow, Action: dynamodb:GetItem, Resource: !GetAtt Table.Arn,"
            + " Condition: { StringEquals: { a:Key: !Ref AWS::AccountId } } }";

    assertThat(statements(statement, ITS_ROLE).of("Function"))
        .containsExactly(
            new PolicyStatement(
                List.of("dynamodb:GetItem"),
                List.of("arn:aws:dynamodb:eu-central-1:123456789012:table/stack-Table"),
                Map.of("StringEquals", Map.of("a:Key", "123456789012"))),
            new PolicyStatement(List.of("a:One", "a:Two"), List.of("*"), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Handler: a.B",
        "Role: arn:aws:iam::123456789012:role/another",
        ITS_ROLE + ", Policies: [{ Statement: [" + STATEMENT + "] }]",
      })
  void refusesAFunctionWhoseRoleIsNotOneOfTheTemplate(String function) throws IOException {
    PolicyStatements statements = statements(STATEMENT, function);

    assertThatThrownBy(() -> statements.of("Function")).isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ Effect: Deny, Action: a:B, Resource: c }",
        "{ Effect: Allow, NotAction: a:B, Resource: c }",
        "{ Effect: Allow, Action: a:B, NotResource: c }",
        "{ Effect: Allow, Action: a:B }",
      })
  void refusesAStatementThatDoesNotNameWhatItAllows(String statement) throws IOException {
    PolicyStatements statements = statements(statement, ITS_ROLE);

    assertThatThrownBy(() -> statements.of("Function"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Resources.Role.Policies");
  }

  private PolicyStatements statements(String statement, String function) throws IOException {
    Path file = folder.resolve("template.yaml");
    Files.writeString(file, TEMPLATE.formatted(statement, function));
    return new PolicyStatements(
        Template.read(file, Map.of(), ACCOUNT, name -> "http://queues/" + name));
  }
}
