package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import conversations.deletion.client.registration.Registration;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person is told about a client app that was just registered.
 *
 * @param file where its key is; absent if it has a key of its own
 * @param token a token to try; empty if it has a key of its own
 */
record RegisteredApp(
    String appId,
    JWSAlgorithm algorithm,
    Registration registration,
    Optional<Path> file,
    String token,
    URI apiUrl) {

  String json() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("appId", appId).put("algorithm", algorithm.getName());
    file.ifPresent(path -> document.put("file", path.toString()).put("token", token));
    registration
        .scopes()
        .forEach(
            (bot, granted) ->
                granted.stream().sorted().forEach(document.withArray("/scopes/" + bot)::add));
    return document.toString();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Client app %s signs with %s; %s.".formatted(appId, algorithm, tokens()));
    lines.add("It may send requests for: " + String.join(", ", registration.scopes().keySet()));
    if (file.isPresent()) {
      lines.add("Its key is in a file that only you can read: " + file.get());
    }
    lines.add("");
    if (file.isPresent()) {
      lines.add("AUTH=" + token);
    } else {
      lines.add("Put a token that it has signed for \"$AUTH\". docs/api.md has samples.");
    }
    lines.add(
        "BOT=%s/api/public/bot/%s"
            .formatted(apiUrl, registration.scopes().keySet().iterator().next()));
    lines.add("curl -si \"$BOT/changelogs?limit=10\" -H \"auth: $AUTH\"");
    return lines;
  }

  private String tokens() {
    if (registration.requiresJti()) {
      return "each token is good for one request";
    }
    return registration.allowsUndatedTokens()
        ? "a token without exp and iat is good until the key is changed"
        : "a token is good until it expires";
  }
}
