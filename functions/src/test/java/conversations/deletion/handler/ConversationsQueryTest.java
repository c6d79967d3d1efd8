package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.faults;
import static conversations.deletion.handler.Requests.grants;
import static conversations.deletion.handler.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.JobId;
import conversations.deletion.handler.Endpoint.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationsQueryTest {

  private static final BotId BOT = new BotId("st-1");
  private static final JobId JOB = new JobId("cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c");
  private static final JobId OTHER_JOB = new JobId("cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2d");
  private static final ConversationPosition POSITION = new ConversationPosition(3, 42);

  private static ConversationsQuery query(String job, Map<String, List<String>> parameters) {
    return ConversationsQuery.of(
        new Request(
            BOT,
            Caller.ofContext(grants("")),
            "invocation-1",
            request()
                .withPathParameters(Map.of("botId", BOT.value()))
                .withMultiValueQueryStringParameters(parameters)),
        job,
        100);
  }

  private static List<String> faultsOf(JobId job, Map<String, List<String>> parameters) {
    return faults(
        catchThrowableOfType(ProblemException.class, () -> query(job.value(), parameters)));
  }

  @Test
  void isTheFirstPageByDefault() {
    assertThat(query(JOB.value(), null))
        .extracting(ConversationsQuery::from, ConversationsQuery::limit)
        .containsExactly(ConversationPosition.START, 100);
  }

  @Test
  void readsAllItsParameters() {
    String token = query(JOB.value(), Map.of()).tokenOf(POSITION);

    assertThat(query(JOB.value(), Map.of("limit", List.of("7"), "nextToken", List.of(token))))
        .extracting(ConversationsQuery::from, ConversationsQuery::limit)
        .containsExactly(POSITION, 7);
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0, invalid_number",
    "limit, 101, invalid_number",
    "nextToken, x, invalid_token",
    "outcome, failed, unknown_parameter",
  })
  void refusesWhatIsWrong(String name, String value, String code) {
    assertThat(faultsOf(JOB, Map.of(name, List.of(value)))).containsExactly(name + ": " + code);
  }

  @Test
  void tellsEveryFaultAtOnce() {
    assertThat(
            faultsOf(
                JOB,
                Map.of(
                    "limit", List.of("0"),
                    "nextToken", List.of("x"),
                    "page", List.of("1"))))
        .containsExactlyInAnyOrder(
            "page: unknown_parameter", "limit: invalid_number", "nextToken: invalid_token");
  }

  @Test
  void takesNoTokenOfAnotherJob() {
    String token = query(JOB.value(), Map.of()).tokenOf(POSITION);

    assertThat(faultsOf(OTHER_JOB, Map.of("nextToken", List.of(token))))
        .containsExactly("nextToken: invalid_token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#", "0#0", "1#-1", "1", "1#1#1", "٣#1", "9999999999#0", "1#0 "})
  void takesNoTokenThatWasMadeUpForNoPlace(String position) {
    PageTokens tokens = new PageTokens("conversations", BOT.value(), JOB.value());

    assertThat(query(JOB.value(), Map.of("nextToken", List.of(tokens.write("3#42")))).from())
        .isEqualTo(POSITION);
    assertThat(faultsOf(JOB, Map.of("nextToken", List.of(tokens.write(position)))))
        .containsExactly("nextToken: invalid_token");
  }
}
