package conversations.deletion.local.privilege;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.local.template.PolicyStatement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrivilegesTest {

  private static final Use READ = new Use("dynamodb:GetItem", "arn:table/A");
  private static final Use MAIL =
      new Use("ses:SendEmail", "arn:identity/a", Map.of("ses:FromAddress", "a@a.example"));

  @Test
  void whatIsGrantedAndUsedIsNoFault() {
    assertThat(faults(Set.of(granted("dynamodb:GetItem", "arn:table/A")), READ)).isEmpty();
    assertThat(faults(Set.of(granted("dynamodb:GetItem", "arn:table/*")), READ)).isEmpty();
    assertThat(faults(Set.of(mailFrom("a@a.example")), MAIL)).isEmpty();
  }

  @Test
  void whatIsGrantedAndNotUsedIsNamed() {
    assertThat(
            faults(
                Set.of(
                    granted("dynamodb:GetItem", "arn:table/A"),
                    granted("dynamodb:PutItem", "arn:table/A"),
                    granted("dynamodb:GetItem", "arn:table/A/index/I")),
                READ))
        .containsExactly(
            "Function is granted dynamodb:GetItem on arn:table/A/index/I and never uses it",
            "Function is granted dynamodb:PutItem on arn:table/A and never uses it");
  }

  @Test
  void whatIsUsedAndNotGrantedIsNamed() {
    assertThat(faults(Set.of(), READ))
        .containsExactly("Function uses dynamodb:GetItem on arn:table/A and is not granted it");
  }

  @Test
  void aConditionThatDoesNotHoldGrantsNothing() {
    assertThat(faults(Set.of(mailFrom("b@a.example")), MAIL)).hasSize(2);
  }

  @Test
  void aConditionThatIsNotUnderstoodIsRefused() {
    PolicyStatement statement =
        new PolicyStatement(
            List.of("ses:SendEmail"),
            List.of("arn:identity/a"),
            Map.of("IpAddress", Map.of("aws:SourceIp", "192.0.2.0/24")));

    assertThatThrownBy(() -> Grant.of(statement)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> faults(Set<Grant> granted, Use used) {
    return new Privileges("Function", granted, Set.of(used)).faults();
  }

  private static Grant granted(String action, String resource) {
    return new Grant(action, resource, Map.of());
  }

  private static Grant mailFrom(String address) {
    return new Grant("ses:SendEmail", "arn:identity/a", Map.of("ses:FromAddress", address));
  }
}
