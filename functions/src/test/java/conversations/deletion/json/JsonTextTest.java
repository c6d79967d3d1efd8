package conversations.deletion.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonTextTest {

  @Test
  void isWhatWasGivenInItsOrder() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", "a \"b\" \\ /\n\u0001é\u2028");
    object.put("number", 12345678901L);
    object.put("flag", true);
    object.put("absent", null);
    object.put("list", Arrays.asList(1, null, List.of(), Map.of()));

    assertThat(JsonText.of(object))
        .isEqualTo(
            "{\"text\":\"a \\\"b\\\" \\\\ /\\n\\u0001é\u2028\",\"number\":12345678901,"
                + "\"flag\":true,\"list\":[1,null,[],{}]}");
  }

  @Test
  void ofAnythingElseIsItsText() {
    assertThat(JsonText.of(Thread.State.NEW)).isEqualTo("\"NEW\"");
    assertThat(JsonText.of(null)).isEqualTo("null");
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20);
    return Arbitraries.lazyOf(
        () -> texts.map(text -> (Object) text),
        () -> Arbitraries.integers().map(number -> (Object) number),
        () -> Arbitraries.of(true, false).map(flag -> (Object) flag),
        () -> values().list().ofMaxSize(3).map(list -> (Object) list),
        () -> Arbitraries.maps(texts, values()).ofMaxSize(3).map(map -> (Object) map));
  }

  /** A library checks that the text is JSON and has the same value. */
  @Property
  void isReadAsItWasWritten(@ForAll("values") Object value) throws IOException {
    assertThat(JSON.std.anyFrom(JsonText.of(value))).isEqualTo(value);
  }
}
