package conversations.deletion.local.gateway;

import conversations.deletion.local.template.RouteDefinition;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the route of a request. A parameter stands for one segment that is not empty. A literal
 * segment takes precedence over a parameter. One trailing slash is ignored. An encoded slash
 * belongs to its segment, and {@code .} and {@code ..} are ordinary segments.
 */
final class Router {

  /** A route with the values of its path's parameters, decoded. */
  record Match(RouteDefinition route, Map<String, String> pathParameters) {}

  private final List<RouteDefinition> routes;

  Router(List<RouteDefinition> routes) {
    this.routes =
        routes.stream()
            .sorted(Comparator.comparing(route -> route.path().replace('{', Character.MAX_VALUE)))
            .toList();
  }

  Optional<Match> find(String method, String rawPath) {
    return routes.stream()
        .filter(route -> route.method().equals(method))
        .flatMap(route -> match(route, rawPath).stream())
        .findFirst();
  }

  private static Optional<Match> match(RouteDefinition route, String rawPath) {
    String[] expected = route.path().split("/", -1);
    String trimmed = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
    String[] actual = trimmed.split("/", -1);
    if (expected.length != actual.length) {
      return Optional.empty();
    }
    LinkedHashMap<String, String> parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < expected.length; i++) {
      String value = decode(actual[i]);
      if (expected[i].startsWith("{") && expected[i].endsWith("}")) {
        if (value.isEmpty()) {
          return Optional.empty();
        }
        parameters.put(expected[i].substring(1, expected[i].length() - 1), value);
      } else if (!expected[i].equals(value)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Match(route, parameters));
  }

  /** Decodes a segment of a path, where a plus sign is just a plus sign. */
  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
