package conversations.deletion.local.console;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parameters of a URL. If one is repeated, the last value counts. */
record Query(Map<String, String> parameters) {

  static Query of(URI uri) {
    String text = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return new Query(
        Arrays.stream(text.split("&"))
            .map(part -> part.split("=", 2))
            .filter(part -> part.length == 2)
            .collect(
                Collectors.toMap(part -> decoded(part[0]), part -> decoded(part[1]), (_, b) -> b)));
  }

  /**
   * Finds a parameter. An empty one counts as absent, because a form sends fields that were left
   * out as empty.
   */
  Optional<String> find(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * Finds a parameter that the request can't do without.
   *
   * @throws IllegalArgumentException if it is absent
   */
  String require(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException(name + ": missing"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
