package conversations.deletion.client.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;

class ServiceUrlTest {

  private static StackTarget stack(String apiUrl) {
    Output output = Output.builder().outputKey("ApiUrl").outputValue(apiUrl).build();
    return new StackTarget(
        Stack.builder().stackName("deletions-prod").outputs(output).build(),
        new AwsAccess(Region.EU_CENTRAL_1, AnonymousCredentialsProvider.create(), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:3000",
        "http://127.1.2.3",
        "http://[::1]:3000",
        "http://localhost:3000",
        "HTTP://LocalHost/x"
      })
  void isOfThisMachineIfItIsHttpAtALoopbackAddress(String url) {
    assertThat(ServiceUrl.isOfThisMachine(url)).isTrue();
    assertThat(stack(url).apiUrl()).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1:3000",
        "//127.0.0.1",
        "https://127.0.0.1",
        "ftp://127.0.0.1",
        "file:///127.0.0.1",
        "http://192.0.2.1",
        "http://0.0.0.0:3000",
        "http://[::]:3000",
        "http://169.254.169.254",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1@example.com",
        "http://127.0.0.1:80@example.com",
        "http://example.com#@127.0.0.1",
        "http://example.com\\@127.0.0.1",
        "http://127.0.0.1 .example.com",
        "http:127.0.0.1"
      })
  void isOfThisMachineInNoOtherCase(String url) {
    assertThat(ServiceUrl.isOfThisMachine(url)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://api.example.com", "http://127.0.0.1@example.com", "https:api", "api", ""})
  void noTokenGoesToAStackInTheOpen(String url) {
    assertThatThrownBy(() -> stack(url).apiUrl()).hasMessageContaining("over https only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://api.example.com", "HTTPS://api.example.com/prod"})
  void aTokenGoesToAStackOverHttps(String url) {
    assertThat(stack(url).apiUrl()).hasToString(url);
  }
}
