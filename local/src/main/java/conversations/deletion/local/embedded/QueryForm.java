package conversations.deletion.local.embedded;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form that AWS's query protocol sends; lists are numbered from one, as {@code member.1}. */
record QueryForm(Map<String, String> values) {

  static QueryForm parse(String body) {
    HashMap<String, String> values = new HashMap<String, String>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
    }
    return new QueryForm(values);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  String required(String name) {
    return value(name)
        .orElseThrow(
            () ->
                new SesException(
                    "ValidationError",
                    "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null"
                        .formatted(name)));
  }

  List<String> list(String name) {
    ArrayList<String> list = new ArrayList<String>();
    for (int i = 1; values.containsKey(name + ".member." + i); i++) {
      list.add(values.get(name + ".member." + i));
    }
    return list;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
