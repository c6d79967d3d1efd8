package conversations.deletion.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import conversations.deletion.json.JsonReader.MalformedJsonException;
import conversations.deletion.json.JsonReader.RepeatedNameException;
import conversations.deletion.json.JsonReader.Scalar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void readsWhatIsThere() throws Exception {
    assertThat(
            JsonReader.read(
                " {\"a\" : [ \"b\\u00e9\\n\", -1.5e+3, 1, true, false, null, {}, [] ]}\n"))
        .isEqualTo(
            Map.of(
                "a",
                List.of(
                    "b\u00e9\n",
                    Scalar.NUMBER,
                    Scalar.NUMBER,
                    Scalar.TRUE,
                    Scalar.FALSE,
                    Scalar.NULL,
                    Map.of(),
                    List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "]",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "\"\n\"",
        "\"\\x\"",
        "01",
        "+1",
        ".5",
        "1.",
        "NaN",
        "Infinity",
        "/**/1",
        "1//",
        "1 #",
        "\u00a01",
        "\ufeff1",
        "{} {}",
        "1 x"
      })
  void refusesWhatIsNotOneValueOfJson(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void refusesWhatNestsTooDeep() throws Exception {
    int most = JsonReader.MAX_DEPTH;
    assertThat(JsonReader.read("[".repeat(most) + "]".repeat(most))).isNotNull();
    assertThatThrownBy(() -> JsonReader.read("[".repeat(most + 1) + "]".repeat(most + 1)))
        .isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> JsonReader.read("{\"a\":".repeat(200_000)))
        .isInstanceOf(MalformedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":null,\"\\u0061\":1}", "[{\"a\":1,\"b\":2,\"a\":3 x"})
  void refusesASecondValueForAName(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOfSatisfying(
            RepeatedNameException.class, e -> assertThat(e.name()).isEqualTo("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "truesecret",
        "1secret",
        "{secret:1}",
        "{'secret':1}",
        "{\"secret\":}",
        "{\"secret\" \"secret\"}",
        "\"secret\\x\"",
        "\"secret\n\"",
        "\"secret",
        "[\"secret\"] secret",
        "[\"secret\"] []",
        "{\"secret\":1,\"secret\":2}"
      })
  void doesNotQuoteWhatItRefuses(String text) {
    StringWriter trace = new StringWriter();
    catchThrowable(() -> JsonReader.read(text)).printStackTrace(new PrintWriter(trace));

    assertThat(trace.toString()).doesNotContain("secret");
  }
}
