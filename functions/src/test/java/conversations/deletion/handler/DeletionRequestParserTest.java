package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.faults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.jr.ob.JSON;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.Reference;
import conversations.deletion.domain.Terms;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionRequestParserTest {

  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56.097Z");

  private static DeletionRequest parse(String body) {
    return DeletionRequestParser.parse(body.replace('\'', '"'), NOW, new Faults());
  }

  private static List<String> faultsOf(String body) {
    ProblemException problem = catchThrowableOfType(ProblemException.class, () -> parse(body));
    assertThat(problem).as("no fault was found").isNotNull();
    assertThat(problem.problem().status()).isEqualTo(400);
    return faults(problem);
  }

  private static String ids(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'c" + i + "'")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Nested
  class ByIds {

    @Test
    void takesTheReferencesExample() {
      assertThat(
              parse(
                  "{ 'conversationIds': ['69eb0c87ec444445976a1b2c', '69eb0b5c7cd98618e06a1b2c'] }"))
          .isEqualTo(
              new ByConversations(
                  List.of(
                      new ConversationId("69eb0c87ec444445976a1b2c"),
                      new ConversationId("69eb0b5c7cd98618e06a1b2c"))));
    }

    @Test
    void takesIdsAsPlatformsHaveThem() {
      assertThat(parse("{'conversationIds':['29:1aB-x','user@example.com','<a>&,;%25']}"))
          .isEqualTo(
              new ByConversations(
                  Stream.of("29:1aB-x", "user@example.com", "<a>&,;%25")
                      .map(ConversationId::new)
                      .toList()));
    }

    @Test
    void takesUpToAHundredDifferentIds() {
      assertThat(((ByConversations) parse("{'conversationIds':" + ids(100) + "}")).conversations())
          .hasSize(100);
      assertThat(faultsOf("{'conversationIds':" + ids(101) + "}"))
          .containsExactly("conversationIds: too_many_ids");
    }

    @Test
    void countsARepeatedIdOnce() {
      String repeated = ids(100).replace("]", ",'c0','c1','c2']");

      assertThat(((ByConversations) parse("{'conversationIds':" + repeated + "}")).conversations())
          .hasSize(100);
    }

    @Test
    void ignoresDatesHoweverBad() {
      assertThat(
              parse(
                  "{'conversationIds':['a'],'startDate':'2999-01-01','endDate':{'not':'a date'}}"))
          .isEqualTo(new ByConversations(List.of(new ConversationId("a"))));
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '`',
        delimiter = '|',
        value = {
          "[]                     | conversationIds: no_ids",
          "null                   | conversationIds: invalid_type",
          "'a'                    | conversationIds: invalid_type",
          "{}                     | conversationIds: invalid_type",
          "[1]                    | conversationIds[0]: invalid_type",
          "['a', null]            | conversationIds[1]: invalid_type",
          "['a', ['b']]           | conversationIds[1]: invalid_type",
          "['a', '']              | conversationIds[1]: invalid_id",
          "['a', 'b', 'c', 'd#e'] | conversationIds[3]: invalid_id",
        })
    void tellsWhichIdIsWrong(String value, String fault) {
      assertThat(faultsOf("{'conversationIds':" + value + "}")).containsExactly(fault);
    }
  }

  @Nested
  class WithReference {

    private final Reference reference = new Reference("REQ-4711, Büro 7");

    @Test
    void takesItWithEitherTarget() {
      assertThat(parse("{'cId':'u-1','reference':'REQ-4711, Büro 7'}").terms().reference())
          .contains(reference);
      assertThat(
              parse("{'conversationIds':['a'],'reference':'REQ-4711, Büro 7'}").terms().reference())
          .contains(reference);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "''",
          "' '",
          "'a '",
          "' a'",
          "'a\\nb'",
          "'a\\u202Eb'",
          "'\\u2028'",
          "'\\uD800'",
          "'\\u0000'"
        })
    void refusesWhatCannotBePrintedAndRepeatsNothingOfIt(String text) {
      assertThat(faultsOf("{'cId':'u-1','reference':" + text + "}"))
          .containsExactly("reference: invalid_reference");
    }

    @Test
    void refusesMoreThan128CharactersAndOtherTypes() {
      assertThat(faultsOf("{'cId':'u-1','reference':'" + "x".repeat(129) + "'}"))
          .containsExactly("reference: invalid_reference");
      for (String other : List.of("null", "4711", "['a']")) {
        assertThat(faultsOf("{'cId':'u-1','reference':" + other + "}"))
            .containsExactly("reference: invalid_type");
      }
    }
  }

  @Nested
  class WithAMoment {

    private Optional<Instant> notBefore(String moment) {
      return parse("{'cId':'u-1','notBefore':'" + moment + "'}").terms().notBefore();
    }

    @Test
    void takesATimestampWithItsOffsetAndNeverAnEarlierMillisecond() {
      assertThat(notBefore("2026-06-01T00:00:00.0001+02:00"))
          .contains(Instant.parse("2026-05-31T22:00:00.001Z"));
      assertThat(parse("{'conversationIds':['a'],'notBefore':'2026-06-01T00:00Z'}").terms())
          .isEqualTo(
              new Terms(Optional.empty(), Optional.of(Instant.parse("2026-06-01T00:00:00Z"))));
      assertThat(parse("{'cId':'u-1'}").terms()).isEqualTo(Terms.NONE);
    }

    @Test
    void takesAMomentOfThePastAndOneThatIs90DaysAhead() {
      assertThat(notBefore("2020-01-01T00:00:00Z")).isPresent();
      assertThat(notBefore("2026-08-06T06:22:56.097Z")).isPresent();
      assertThat(faultsOf("{'cId':'u-1','notBefore':'2026-08-06T06:22:56.098Z'}"))
          .containsExactly("notBefore: not_before_too_late");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"2026-06-01", "2026-06-01T00:00:00", "2026-06-31T00:00:00Z", "soon", ""})
    void refusesADateAloneAndWhatIsNoMoment(String text) {
      assertThat(faultsOf("{'cId':'u-1','notBefore':'" + text + "'}"))
          .containsExactly("notBefore: invalid_date");
    }

    @Test
    void refusesOtherTypesAndTellsAllFaultsAtOnce() {
      for (String other : List.of("null", "4711", "['a']")) {
        assertThat(faultsOf("{'cId':'u 1','reference':'','notBefore':" + other + "}"))
            .containsExactlyInAnyOrder(
                "cId: invalid_id", "reference: invalid_reference", "notBefore: invalid_type");
      }
    }
  }

  @Nested
  class ByUser {

    private final ChannelUserId user = new ChannelUserId("u-1");

    @Test
    void takesTheReferencesExample() {
      assertThat(parse("{'cId':'u-1','startDate':'2026-05-04','endDate':'2026-05-04'}"))
          .isEqualTo(
              new ByChannelUser(
                  user,
                  Optional.of(Instant.parse("2026-05-04T00:00:00Z")),
                  Optional.of(Instant.parse("2026-05-04T23:59:59.999Z"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+491700000000", "29:1aB-x", "user@example.com"})
    void takesIdsAsPlatformsHaveThem(String id) {
      assertThat(parse("{'cId':'" + id + "'}"))
          .isEqualTo(new ByChannelUser(new ChannelUserId(id), Optional.empty(), Optional.empty()));
    }

    @Test
    void needsNoDates() {
      assertThat(parse("{'cId':'u-1'}"))
          .isEqualTo(new ByChannelUser(user, Optional.empty(), Optional.empty()));
    }

    @Test
    void takesTodayThoughItIsNotOver() {
      assertThat(parse("{'cId':'u-1','startDate':'2026-05-08','endDate':'2026-05-08'}"))
          .isInstanceOf(ByChannelUser.class);
    }

    @Test
    void takesThisVeryMoment() {
      assertThat(
              parse(
                  "{'cId':'u-1','startDate':'2026-05-08T06:22:56.097Z',"
                      + "'endDate':'2026-05-08T06:22:56.097Z'}"))
          .isEqualTo(new ByChannelUser(user, Optional.of(NOW), Optional.of(NOW)));
    }

    @ParameterizedTest
    @CsvSource({
      "2026-05-09, future_end_date",
      "2026-05-08T06:22:56.098Z, future_end_date",
      "2026-05-08T06:22:56, invalid_date",
      "yesterday, invalid_date",
      "'', invalid_date"
    })
    void refusesAnEndThatIsNone(String end, String code) {
      assertThat(faultsOf("{'cId':'u-1','endDate':'" + end + "'}"))
          .containsExactly("endDate: " + code);
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "2026-05-05, 2026-05-04",
          "2026-05-04T12:00:00.001Z, 2026-05-04T12:00:00Z",
          "2026-05-09, -",
          "2026-05-08T06:22:56.098Z, -",
          "2026-05-08T07:00:00Z, 2026-05-08",
        })
    void refusesAStartAfterTheEndOrAfterNow(String start, String end) {
      String last = end == null ? "" : ",'endDate':'" + end + "'";

      assertThat(faultsOf("{'cId':'u-1','startDate':'" + start + "'" + last + "}"))
          .containsExactly("startDate: start_after_end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "true", "['u-1']", "{}"})
    void refusesAnotherTypeThanText(String value) {
      assertThat(faultsOf("{'cId':" + value + "}")).containsExactly("cId: invalid_type");
      assertThat(faultsOf("{'cId':'u-1','startDate':" + value + "}"))
          .containsExactly("startDate: invalid_type");
    }

    @Test
    void refusesAnIdThatIsNone() {
      assertThat(faultsOf("{'cId':'u 1'}")).containsExactly("cId: invalid_id");
    }
  }

  @Test
  void needsATarget() {
    assertThat(faultsOf("{}")).containsExactly("body: missing_target");
  }

  @Test
  void needsOneTargetOnly() {
    assertThat(faultsOf("{'conversationIds':['a'],'cId':'u-1'}"))
        .containsExactly("cId: ambiguous_target");
  }

  /** A misspelt {@code startDate} must never turn into "delete everything". */
  @Test
  void refusesUnknownFields() {
    assertThat(faultsOf("{'cId':'u-1','startdate':'2026-05-04'}"))
        .containsExactly("startdate: unknown_field");
  }

  @Test
  void repeatsTheNameOfAnUnknownFieldOnlyIfItIsHarmless() {
    assertThat(faultsOf("{'cId':'u-1','<script>':1,'" + "x".repeat(65) + "':1,'':1,'a b':1}"))
        .containsOnly("(unreadable): unknown_field")
        .hasSize(4);
  }

  @Test
  void tellsEveryFaultAtOnce() {
    assertThat(
            faultsOf(
                "{'cid':'u-1','cId':7,'startDate':'soon','endDate':'2026-05-09','conversationsIds':[]}"))
        .containsExactly(
            "cid: unknown_field",
            "conversationsIds: unknown_field",
            "cId: invalid_type",
            "startDate: invalid_date",
            "endDate: future_end_date");
    assertThat(faultsOf("{'conversationIds':['','b',3],'cId':'#'}"))
        .containsExactly(
            "cId: ambiguous_target",
            "conversationIds[0]: invalid_id",
            "conversationIds[2]: invalid_type",
            "cId: invalid_id");
  }

  @Test
  void listsAHundredFaultsAndTellsOfTheRest() {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> parse("{'conversationIds':[" + "1,".repeat(149) + "1]}"));

    assertThat(problem.problem().errors()).hasSize(100);
    assertThat(problem.problem().detail())
        .isEqualTo("The request has 150 faults; the first 100 are listed.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "'text'", "1", "true", "null", "[{'cId':'u-1'}]"})
  void takesAnObjectOnly(String body) {
    assertThat(faultsOf(body)).containsExactly("body: invalid_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{'cId':'u-1'",
        "{'cId':'u-1'}}",
        "{'cId':'u-1'} {'cId':'u-2'}",
        "{'cId':'u-1'} x",
        "{'cId':'u-1',}",
        "{cId:'u-1'}",
        "{'conversationIds':['a',]}",
        "{'conversationIds':[,]}",
        "{'cId':NaN}",
        "{'cId':01}",
        "{'cId':'u-1'} // comment",
        "{'cId':'\u0000'}",
        "{'cId':'\\x'}",
        "\uFEFF{'cId':'u-1'}",
        "cId=u-1"
      })
  void refusesWhatIsNotJson(String body) {
    assertThat(faultsOf(body)).containsExactly("body: malformed_json");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'cId':'u-1','cId':'u-1'}                          | cId",
        "{'cId':'u-1','c\\u0049d':'u-2'}                    | cId",
        "{'cId':null,'cId':'u-1'}                           | cId",
        "{'x':{'y':[{'z':1,'z':2}]}}                        | z",
        "{'<b>':1,'<b>':2}                                  | (unreadable)",
      })
  void refusesANameThatOccursTwiceAtAnyDepth(String body, String field) {
    assertThat(faultsOf(body)).containsExactly(field + ": duplicate_key");
  }

  @Test
  void survivesDepth() {
    assertThat(faultsOf("{'x':" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
        .containsExactly("body: malformed_json");
  }

  /**
   * All these names have the same hash code. The parser's symbol table once failed on such names.
   */
  @Test
  void survivesNamesThatCollide() {
    String names =
        IntStream.range(0, 1 << 12)
            .mapToObj(
                i ->
                    IntStream.range(0, 12)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "'", "':1")))
            .collect(Collectors.joining(","));

    assertThat(faultsOf("{" + names + "}")).hasSize(100);
  }

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.lazyOf(
        () -> Arbitraries.strings().ofMaxLength(20).map(Object.class::cast),
        () ->
            Arbitraries.of("u-1", "2026-05-04", "2026-05-04T10:00:00Z", "").map(Object.class::cast),
        () -> Arbitraries.doubles().map(Object.class::cast),
        () -> Arbitraries.bigIntegers().map(Object.class::cast),
        () -> Arbitraries.of(true, false).map(Object.class::cast),
        () -> values().list().ofMaxSize(4).map(Object.class::cast),
        () -> objects().map(Object.class::cast));
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return Arbitraries.maps(
            Arbitraries.oneOf(
                Arbitraries.of("conversationIds", "cId", "startDate", "endDate", "reference"),
                Arbitraries.strings().ofMaxLength(70)),
            Arbitraries.lazy(this::values))
        .ofMaxSize(5);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void anyJsonIsEitherARequestOrAProblem(@ForAll("objects") Map<String, Object> body)
      throws IOException {
    requireRequestOrProblem(JSON.std.asString(body));
  }

  @Property(tries = 2000)
  void anyTextIsEitherARequestOrAProblem(@ForAll String body) {
    requireRequestOrProblem(body);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void anyMutilatedJsonIsEitherARequestOrAProblem(
      @ForAll("objects") Map<String, Object> body, @ForAll int where, @ForAll char what)
      throws IOException {
    StringBuilder text = new StringBuilder(JSON.std.asString(body));
    text.setCharAt(Math.floorMod(where, text.length()), what);
    requireRequestOrProblem(text.toString());
  }

  private static void requireRequestOrProblem(String body) {
    try {
      assertThat(DeletionRequestParser.parse(body, NOW, new Faults())).isNotNull();
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isEqualTo(400);
      assertThat(e.problem().errors())
          .isNotEmpty()
          .allSatisfy(
              fault -> {
                assertThat(fault.field())
                    .matches("[A-Za-z0-9_.-]{1,64}|\\(unreadable\\)|conversationIds\\[\\d+]");
                assertThat(fault.code()).matches("[a-z_]+");
              });
    }
  }

  @Provide
  Arbitrary<String> requests() {
    Arbitrary<String> id =
        Arbitraries.strings().withChars("abcXYZ019-_").ofMinLength(1).ofMaxLength(128);
    return Combinators.combine(id, Arbitraries.of("", ",\"startDate\":\"2026-05-01\""))
        .as((user, start) -> "{\"cId\":\"" + user + "\"" + start + "}");
  }

  @Property
  void everyGoodRequestIsTaken(@ForAll("requests") String body) {
    assertThat(DeletionRequestParser.parse(body, NOW, new Faults()))
        .isInstanceOf(ByChannelUser.class);
  }

  @Nested
  class ByAPreview {

    private static final String ID = "cdp-2e5c62ad-df3a-542b-a59e-c72768ba1b2c";

    @Test
    void takesItInPlaceOfAllElse() {
      assertThat(parse("{ 'previewId': '" + ID + "', 'reference': 'T-1' }"))
          .isEqualTo(
              new DeletionRequest.ByPreview(
                  new PreviewId(ID), Terms.of(Optional.of(new Reference("T-1")))));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "'conversationIds': ['a']",
          "'cId': 'u-1'",
          "'startDate': '2026-01-01'",
          "'endDate': '2026-01-01'",
        })
    void refusesAnythingBesideIt(String more) {
      assertThat(faultsOf("{ 'previewId': '" + ID + "', " + more + " }"))
          .containsExactly("previewId: ambiguous_target");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
      assertThat(faultsOf("{ 'previewId': 'cdj-1', 'cId': 'u-1', 'notBefore': 1, 'x': 1 }"))
          .containsExactlyInAnyOrder(
              "previewId: ambiguous_target",
              "previewId: invalid_id",
              "notBefore: invalid_type",
              "x: unknown_field");
      assertThat(faultsOf("{ 'previewId': null }")).containsExactly("previewId: invalid_type");
    }
  }

  @Nested
  class OfAPreview {

    private static DeletionRequest parsePreview(String body) {
      return DeletionRequestParser.ofPreview(body.replace('\'', '"'), NOW, new Faults());
    }

    @Test
    void takesWhatAJobTakesToSayWhatIsMeant() {
      assertThat(parsePreview("{ 'conversationIds': ['a', 'b', 'a'] }"))
          .isEqualTo(parse("{ 'conversationIds': ['a', 'b', 'a'] }"));
      assertThat(parsePreview("{ 'cId': 'u-1', 'startDate': '2026-01-01' }"))
          .isEqualTo(parse("{ 'cId': 'u-1', 'startDate': '2026-01-01' }"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"previewId", "reference", "notBefore"})
    void refusesWhatIsAJobsAlone(String field) {
      ProblemException problem =
          catchThrowableOfType(
              ProblemException.class, () -> parsePreview("{ 'cId': 'u-1', '" + field + "': 'x' }"));

      assertThat(faults(problem)).containsExactly(field + ": unknown_field");
    }
  }
}
