package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.faults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldRequestParserTest {

  private static HoldRequest parse(String body) {
    return HoldRequestParser.parse(body, new Faults());
  }

  private static List<String> faultsOf(String body) {
    return faults(catchThrowableOfType(ProblemException.class, () -> parse(body)));
  }

  private static String ids(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"c-" + i + "\"")
        .collect(Collectors.joining(",", "{\"reason\":\"r\",\"conversationIds\":[", "]}"));
  }

  @Test
  void readsAHoldOnConversations() {
    assertThat(parse("{\"conversationIds\":[\"c-2\",\"c-1\",\"c-2\"],\"reason\":\"A case\"}"))
        .isEqualTo(
            new HoldRequest(
                new HeldConversations(
                    List.of(new ConversationId("c-1"), new ConversationId("c-2"))),
                new HoldReason("A case"),
                Optional.empty(),
                false));
  }

  @Test
  void readsAHoldOnAChannelUser() {
    assertThat(
            parse(
                "{\"cId\":\"u-1\",\"reason\":\"A case\",\"confidential\":true,"
                    + "\"reviewAt\":\"2026-08-06T19:00:00+02:00\"}"))
        .isEqualTo(
            new HoldRequest(
                new HeldChannelUser(new ChannelUserId("u-1")),
                new HoldReason("A case"),
                Optional.of(Instant.parse("2026-08-06T17:00:00Z")),
                true));
  }

  @Test
  void takesNinetyDifferentIdsAndNoMore() {
    assertThat(parse(ids(90)).target()).isInstanceOf(HeldConversations.class);
    assertThat(faultsOf(ids(91))).containsExactly("conversationIds: too_many_ids");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'reason':'r'} | body: missing_target",
        "{'reason':'r','cId':'u-1','conversationIds':['c-1']} | cId: ambiguous_target",
        "{'reason':'r','cId':'u 1'} | cId: invalid_id",
        "{'reason':'r','cId':7} | cId: invalid_type",
        "{'reason':'r','conversationIds':[]} | conversationIds: no_ids",
        "{'reason':'r','conversationIds':['c/1']} | conversationIds[0]: invalid_id",
        "{'cId':'u-1'} | reason: missing_reason",
        "{'cId':'u-1','reason':null} | reason: invalid_type",
        "{'cId':'u-1','reason':''} | reason: invalid_reason",
        "{'cId':'u-1','reason':'   '} | reason: invalid_reason",
        "{'cId':'u-1','reason':'r','reviewAt':'2026-08-06'} | reviewAt: invalid_date",
        "{'cId':'u-1','reason':'r','reviewAt':1} | reviewAt: invalid_type",
        "{'cId':'u-1','reason':'r','confidential':'yes'} | confidential: invalid_type",
        "{'cId':'u-1','reason':'r','confidentiel':true} | confidentiel: unknown_field",
        "[] | body: invalid_type",
      })
  void namesTheFault(String body, String fault) {
    assertThat(faultsOf(body.replace('\'', '"'))).containsExactly(fault);
  }

  @Test
  void refusesAReasonOfMoreThan500Characters() {
    String body = "{\"cId\":\"u-1\",\"reason\":\"%s\"}";

    assertThat(parse(body.formatted("é".repeat(500)))).isNotNull();
    assertThat(faultsOf(body.formatted("é".repeat(501)))).containsExactly("reason: invalid_reason");
  }

  @Test
  void namesAllFaultsAtOnce() {
    assertThat(
            faultsOf(
                "{\"conversationIds\":[\"c 1\"],\"cId\":\"\",\"reason\":7,\"reviewAt\":\"soon\","
                    + "\"confidential\":0,\"startDate\":\"2026-01-01\"}"))
        .containsExactlyInAnyOrder(
            "cId: ambiguous_target",
            "conversationIds[0]: invalid_id",
            "cId: invalid_id",
            "reason: invalid_type",
            "reviewAt: invalid_date",
            "confidential: invalid_type",
            "startDate: unknown_field");
  }
}
