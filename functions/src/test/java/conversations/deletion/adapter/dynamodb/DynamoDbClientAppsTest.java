package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.map;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Credentials;
import conversations.deletion.domain.Grants;
import conversations.deletion.domain.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

class DynamoDbClientAppsTest {

  private final Map<String, AttributeValue> item =
      new HashMap<>(
          Map.of(
              "appId", s("app-1"),
              "name", s("Sample"),
              "algorithm", s("HS256"),
              "enabled", bool(true),
              "scopes",
                  map(
                      Map.of(
                          "st-1", ss(List.of("Delete Conversations", "Send Messages")),
                          "st-2", ss(List.of("Send Messages"))))));

  private final DynamoDbClientApps clientApps =
      new DynamoDbClientApps(
          new StubDynamoDb() {
            @Override
            public GetItemResponse getItem(GetItemRequest request) {
              assertThat(request.tableName()).isEqualTo("ClientApps");
              return GetItemResponse.builder()
                  .item(request.key().equals(Map.of("appId", s("app-1"))) ? item : null)
                  .build();
            }
          },
          "ClientApps");

  private Optional<ClientApp> find(String id) {
    return clientApps.find(new ClientAppId(id));
  }

  @Test
  void areReadWithTheScopesThatMeanSomethingHere() {
    assertThat(find("app-1"))
        .contains(
            new ClientApp(
                new ClientAppId("app-1"),
                new Credentials.SharedSecret(),
                true,
                false,
                new Grants(
                    Map.of(
                        new BotId("st-1"), Set.of(Scope.DELETE_CONVERSATIONS),
                        new BotId("st-2"), Set.of()))));
  }

  @Test
  void mayBeUnknown() {
    assertThat(find("app-2")).isEmpty();
  }

  @Test
  void areNotTakenForEnabledWhereTheyDoNotSaySo() {
    item.remove("enabled");

    assertThatThrownBy(() -> find("app-1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'enabled'");
  }

  @Test
  void areNotReadWithAnAlgorithmThatIsNotKnown() {
    item.put("algorithm", s("none"));

    assertThatThrownBy(() -> find("app-1")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void areReadWithTheirPublicKeyAndWhetherTheirTokensAreGoodOnce() {
    item.put("algorithm", s("ES256"));
    item.put("publicKey", s("pem"));
    item.put("requiresJti", AttributeValue.fromBool(true));

    assertThat(find("app-1").orElseThrow().credentials())
        .isEqualTo(new Credentials.EcPublicKey("pem"));
    assertThat(find("app-1").orElseThrow().requiresJti()).isTrue();

    item.put("algorithm", s("RS256"));
    assertThat(find("app-1").orElseThrow().credentials())
        .isEqualTo(new Credentials.RsaPublicKey("pem"));
  }
}
