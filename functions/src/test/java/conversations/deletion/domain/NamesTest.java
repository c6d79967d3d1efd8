package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The names by which states are stored and shown: each must be read back as the state that was
 * written.
 */
class NamesTest {

  @ParameterizedTest
  @EnumSource
  void ofOutcomes(Outcome outcome) {
    assertThat(Outcome.of(outcome.text())).isEqualTo(outcome);
  }

  @ParameterizedTest
  @EnumSource
  void ofReasons(Reason reason) {
    assertThat(Reason.of(reason.text())).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource
  void ofRequestTypes(RequestType type) {
    assertThat(RequestType.of(type.text())).isEqualTo(type);
  }

  @ParameterizedTest
  @EnumSource
  void ofScopes(Scope scope) {
    assertThat(Scope.find(scope.text())).contains(scope);
  }

  @ParameterizedTest
  @EnumSource
  void ofNotifications(OwnerNotification.Status status) {
    assertThat(OwnerNotification.Status.of(status.text())).isEqualTo(status);
  }

  @Test
  void areThoseOfTheContract() {
    assertThat(Outcome.values())
        .extracting(Outcome::text)
        .containsExactly("pending", "deleted", "failed", "skipped");
    assertThat(RequestType.values())
        .extracting(RequestType::text)
        .containsExactly("conversationIds", "cId");
    assertThat(Scope.values())
        .extracting(Scope::text)
        .containsExactly("Delete Conversations", "Hold Conversations", "Logs History");
    assertThat(Reason.STILL_OPEN.text()).isEqualTo("still_open");
  }

  @Test
  void unknownOnesAreRefused() {
    assertThat(Scope.find("delete conversations")).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> RequestType.of("cid"));
  }
}
