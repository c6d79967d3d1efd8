package conversations.deletion.client.registration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "owner@bots.example",
        "o'neil+bots@sub.bots.example",
        "Owner <owner@bots.example>",
        "owner@xn--bro-hoa.example"
      })
  void takesWhatCanBeAnAddress(String address) {
    assertThat(EmailAddress.fault(address)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "owner",
        "owner@",
        "@bots.example",
        "ow ner@bots.example",
        "owner@bots..example",
        "owner@bots.example\r\nBcc: other@bots.example",
        "owner@bots.example,other@bots.example",
        "Team: owner@bots.example;",
        "b\u00fcro@bots.example"
      })
  void saysWhatIsWrongWithAnyOther(String address) {
    assertThat(EmailAddress.fault(address)).isPresent();
  }
}
