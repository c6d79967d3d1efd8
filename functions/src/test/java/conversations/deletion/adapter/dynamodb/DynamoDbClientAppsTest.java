package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.list;
import static conversations.deletion.adapter.dynamodb.Attributes.map;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.ss;
import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ClientApps.Registration;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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

  private Optional<Registration> find(String id) {
    return clientApps.find(new ClientAppId(id));
  }

  private ClientApp fit() {
    Registration registration = find("app-1").orElseThrow();
    assertThat(registration.faults()).isEmpty();
    return registration.clientApp().orElseThrow();
  }

  @Test
  void areReadWithTheScopesThatMeanSomethingHere() {
    assertThat(fit())
        .isEqualTo(
            new ClientApp(
                new ClientAppId("app-1"),
                new Credentials.SharedSecret(),
                true,
                false,
                false,
                Optional.empty(),
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
  void areReadWithTheirPublicKeyAndWhetherTheirTokensAreGoodOnce() {
    item.put("algorithm", s("ES256"));
    item.put("publicKey", s("pem"));
    item.put("requiresJti", bool(true));

    assertThat(fit().credentials()).isEqualTo(new Credentials.EcPublicKey("pem"));
    assertThat(fit().requiresJti()).isTrue();
    item.put("allowsUndatedTokens", bool(true));
    assertThat(fit().allowsUndatedTokens()).isTrue();

    item.put("algorithm", s("RS256"));
    assertThat(fit().credentials()).isEqualTo(new Credentials.RsaPublicKey("pem"));
  }

  @Test
  void loseTheGrantsThatCannotBeUsedAndKeepTheOthers() {
    Map<String, AttributeValue> scopes = new HashMap<>(item.get("scopes").m());
    scopes.put("*", ss(List.of("Delete Conversations")));
    scopes.put("", ss(List.of("Delete Conversations")));
    scopes.put("st 3", ss(List.of("Logs History")));
    scopes.put("st-4", s("Delete Conversations"));
    scopes.put("st-5", map(Map.of()));
    scopes.put("st-6", AttributeValue.fromNul(true));
    scopes.put("st-7", list(List.of(s("Delete Conversations"))));
    item.put("scopes", map(scopes));

    Registration registration = find("app-1").orElseThrow();

    assertThat(registration.clientApp().orElseThrow().grants().scopes())
        .containsOnlyKeys(new BotId("st-1"), new BotId("st-2"));
    assertThat(registration.faults())
        .containsExactly(
            "scopes: skipped 3 under a key that is no id of a bot",
            "scopes: skipped 4 whose value is no string set");
  }

  static Stream<Arguments> rowsThatCannotBeUsed() {
    return Stream.of(
        Arguments.of("enabled", null, "enabled: missing"),
        Arguments.of("enabled", s("true"), "enabled: of type S, not BOOL"),
        Arguments.of("enabled", s("false"), "enabled: of type S, not BOOL"),
        Arguments.of("enabled", n(1), "enabled: of type N, not BOOL"),
        Arguments.of("enabled", AttributeValue.fromNul(true), "enabled: of type NUL, not BOOL"),
        Arguments.of("algorithm", null, "algorithm: missing"),
        Arguments.of("algorithm", s("hs256"), "algorithm: not HS256, RS256 or ES256"),
        Arguments.of("algorithm", s("none"), "algorithm: not HS256, RS256 or ES256"),
        Arguments.of("algorithm", s(""), "algorithm: not HS256, RS256 or ES256"),
        Arguments.of("algorithm", n(256), "algorithm: of type N, not S"),
        Arguments.of("algorithm", s("RS256"), "publicKey: missing"),
        Arguments.of("algorithm", s("ES256"), "publicKey: missing"),
        Arguments.of("requiresJti", s("true"), "requiresJti: of type S, not BOOL"),
        Arguments.of("allowsUndatedTokens", n(1), "allowsUndatedTokens: of type N, not BOOL"),
        Arguments.of("scopes", null, "scopes: missing"),
        Arguments.of("scopes", s(""), "scopes: of type S, not M"),
        Arguments.of("scopes", ss(List.of("st-1")), "scopes: of type SS, not M"),
        Arguments.of("scopes", list(List.of()), "scopes: of type L, not M"));
  }

  @ParameterizedTest
  @MethodSource("rowsThatCannotBeUsed")
  void areNoClientAppsWhereTheirRowCannotBeUsed(String name, AttributeValue value, String fault) {
    item.remove(name);
    if (value != null) {
      item.put(name, value);
    }

    assertThat(find("app-1").orElseThrow())
        .isEqualTo(new Registration(Optional.empty(), List.of(fault)));
  }

  @Test
  void haveAllFaultsOfTheirRowToldAtOnce() {
    item.keySet().retainAll(Set.of("appId"));

    assertThat(find("app-1").orElseThrow().faults())
        .containsExactly("algorithm: missing", "enabled: missing", "scopes: missing");
  }
}
