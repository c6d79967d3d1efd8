package conversations.deletion.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.api.Job;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.domain.JobStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes from outside, a screen shows it as text in the line that it was meant for. */
class ScreenTest {

  private static final Terminal COLOURED = new Terminal(true, true, 100);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Screen screen(Terminal terminal, boolean json) {
    return new Screen(new PrintWriter(out), new PrintWriter(err), terminal, json);
  }

  private Screen plain() {
    return screen(Terminal.none(), false);
  }

  static Stream<String> unsafeCharacters() {
    IntStream controls = IntStream.concat(IntStream.range(0, 0x20), IntStream.range(0x7f, 0xa0));
    IntStream directions =
        IntStream.concat(
            IntStream.rangeClosed(0x202a, 0x202e), IntStream.rangeClosed(0x2066, 0x2069));
    IntStream others =
        IntStream.of(
            0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029,
            0x2060, 0x3164, 0xd800, 0xdfff, 0xe000, 0xfe00, 0xfeff, 0xffff, 0xe0041, 0xe0100);
    return IntStream.concat(IntStream.concat(controls, directions), others)
        .mapToObj(Character::toString);
  }

  private static String escaped(String text) {
    return "\\u%04x".formatted((int) text.charAt(0));
  }

  @ParameterizedTest
  @MethodSource("unsafeCharacters")
  void noTextDoesMoreThanBeRead(String unsafe) {
    String text = "a" + unsafe + "b";
    Screen screen = plain();

    screen.show("{}", () -> List.of(text));
    screen.tell(text);
    screen.redraw(Line.of(text, JobStatus.QUEUED, text));
    assertThat(out.toString()).contains("a" + escaped(unsafe));
    assertThat(out.toString().replaceAll("\\R|^\r|\u001b\\[2K", "")).doesNotContain(unsafe);

    screen.warn(text);
    Failure failure =
        Failure.refused(ExitStatus.REFUSED, text, List.of(text), text, "{}", Optional.empty());
    screen.fail(failure);
    screen.trace(new Failure(ExitStatus.REFUSED, text, text, new IllegalStateException(text)));
    assertThat(err.toString().lines().filter(line -> line.contains("a" + escaped(unsafe))))
        .as("warning, message, detail, remedy, failure and cause")
        .hasSize(6);
    assertThat(err.toString().replaceAll("\\R|\tat ", "")).doesNotContain(unsafe);
  }

  @ParameterizedTest
  @MethodSource("unsafeCharacters")
  void aJsonAnswerIsSafeAndMeansTheSame(String unsafe) throws Exception {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("a" + unsafe, unsafe);
    String text = document.toString().replace(":", " :\r\n\t");

    screen(Terminal.none(), true).show(text, List::of);

    assertThat(out.toString().replaceAll("[\n\t]", "")).doesNotContain(unsafe);
    if (!Character.isSurrogate(unsafe.charAt(0)) || unsafe.length() == 2) {
      assertThat(new ObjectMapper().readTree(out.toString())).isEqualTo(document);
    }
  }

  @Test
  void aRefusalThatIsNoJsonIsSafeToo() {
    screen(Terminal.none(), true)
        .fail(
            Failure.refused(
                ExitStatus.REFUSED, "no", List.of(), "", "\u001b[2J\rno", Optional.empty()));

    assertThat(out.toString().lines()).containsExactly("\\u001b[2J no");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Büro 7", "予約", "حذف", "हटाएँ", "Ελλάδα", "😀", "a\\u001b"})
  void lettersOfAllLanguagesStayAsTheyAre(String text) {
    plain().tell(text);

    assertThat(out.toString().lines()).containsExactly(text);
  }

  @Test
  void aCellMakesNoRow() {
    Table table = new Table("JOB", "REFERENCE");
    table.add("cdj-1\ncdj-2  completed", "x");
    table.add("cdj-3", "y");

    plain().show("{}", table::lines);

    assertThat(out.toString().lines())
        .containsExactly(
            "JOB                          REFERENCE",
            "cdj-1\\u000acdj-2  completed  x",
            "cdj-3                        y");
  }

  @Test
  void onlyTheStatusHasAColour() {
    Line line = Line.of("\u001b[31m", JobStatus.FAILED, "\u001b[39m");

    screen(COLOURED, false).tell(line);
    plain().tell(line);
    screen(COLOURED, false).tell(Line.of("", JobStatus.ON_HOLD, ", 1 held"));

    assertThat(out.toString().lines())
        .containsExactly(
            "\\u001b[31m\u001b[31mfailed\u001b[39m\\u001b[39m",
            "\\u001b[31mfailed\\u001b[39m",
            "\u001b[33mon hold\u001b[39m, 1 held");
  }

  @Test
  void aLineIsWrittenOverTheOneBefore() {
    screen(COLOURED, false).redraw(Line.of("", JobStatus.QUEUED, ""));

    assertThat(out.toString()).startsWith("\r\u001b[2K");
  }

  @Test
  void aJobIsShownInLinesOfItsOwn() throws Exception {
    Job job =
        Job.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"jobId":"cdj-1\\nStatus         completed","status":"failed","requestType":"cId",
                     "reference":"\\u001b[1A","submittedAt":"2026-05-08T17:00:00Z",
                     "scheduledAt":"2026-05-08T17:00:00Z",
                     "result":{"totalConversations":1,"processedCount":1,"deletedConversations":0,
                               "failedCount":1,"skippedCount":0,"deletedCount":0,
                               "retriesRemaining":3}}
                    """));

    plain().showJob("{}", () -> job);

    assertThat(out.toString().lines().filter(line -> line.startsWith("Status")))
        .containsExactly("Status         failed");
    assertThat(out.toString()).contains("Reference      \\u001b[1A");
  }
}
