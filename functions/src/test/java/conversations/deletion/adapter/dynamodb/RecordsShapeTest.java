package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.domain.BotId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsShapeTest {

  @Test
  void isThatOfTheServicesOwnTableWhereNothingIsSaid() {
    RecordsShape own = RecordsShape.parse(" ");

    assertThat(own).isEqualTo(RecordsShape.OWN);
    assertThat(own.conversation()).hasToString("{botId}#{conversationId}");
    assertThat(own.user()).hasToString("{botId}#{cId}");
    assertThat(own.bot()).isEmpty();
    assertThat(own.sortKeys()).isEmpty();
    assertThat(own.header()).isEqualTo(new HeaderMark.OfType("SESSION"));
    assertThat(own.startedAt()).hasToString("{moment}");
    assertThat(own.fields()).isEqualTo(new RecordsShape.Fields("recordType", "createdAt", "cId"));
  }

  @Test
  void readsEachWord() {
    RecordsShape shape =
        RecordsShape.parse(
            "conversation=CONV#{conversationId} user=USER#{cId} bot=st-1 records=META,MSG#"
                + " headerKey=META recordType={type}#{any} createdAt=MSG#{moment}#{any}"
                + " cId=userId startedAt=CONV#{utc}");

    assertThat(shape.bot()).contains(new BotId("st-1"));
    assertThat(shape.sortKeys()).containsExactly("META", "MSG#");
    assertThat(shape.header()).isEqualTo(new HeaderMark.OfSortKey(new KeyTemplate("META")));
    assertThat(shape.start()).isEqualTo(Placeholder.UTC);
    assertThat(shape.isStartANumber()).isFalse();
    assertThat(RecordsShape.parse("startedAt={millis}").isStartANumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user=USER#{cId}#{botId}",
        "conversation=CONV#{conversationId} bot=st-1",
        "conversation={conversationId} user={cId} bot=st-1",
        "headerKey=CONV#{conversationId}",
        "records=A,B,a startedAt={any}#{utc}#{any}"
      })
  void takesShapesThatCanBeReadBackwards(String text) {
    assertThatCode(() -> RecordsShape.parse(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          conversations=x                   | 'conversations' is none of [bot, cId, conversation, createdAt, header, headerKey, recordType, records, startedAt, user]
          bot                               | bot: it has no value
          bot=                              | bot: it has no value
          cId=a cId=b                       | cId: it comes twice
          user=USER#{cId}                   | user: without {botId} in it, several bots share entries of the index
          conversation={botId}              | conversation: '{botId}' lacks {conversationId}
          conversation={botId}#{cId}        | conversation: '{botId}#{cId}' lacks {conversationId}; conversation: '{botId}#{cId}' can't have {cId}
          conversation=CONV#{conversationId}| conversation: without {botId} in it, bot has to name the bot
          conversation={conversationId}:{botId} | conversation: '{conversationId}:{botId}', character 17: where {conversationId} ends can't be told, as it may hold ':' itself
          bot=st-1                          | bot: it is for a table of one bot, but conversation has {botId}
          conversation={conversationId} bot=a#b | bot: 'a#b' is no id of a bot
          user={botId}#{conversationId}     | user: '{botId}#{conversationId}' lacks {cId}; user: '{botId}#{conversationId}' can't have {conversationId}
          records=MSG,META,MSG#             | records: 'MSG#' begins with 'MSG'
          header=A headerKey=B              | headerKey: with it goes no header
          headerKey={any}                   | headerKey: '{any}' could be any record's
          headerKey=META records=MSG#       | headerKey: 'META' begins with none of records
          createdAt=MSG#{type}              | createdAt: 'MSG#{type}' lacks {moment}; createdAt: 'MSG#{type}' can't have {type}
          startedAt=when                    | startedAt: 'when' needs one of [{moment}, {utc}, {seconds}, {millis}], and nothing else but {any}
          startedAt=C#{seconds}             | startedAt: 'C#{seconds}' is a number, which has no other parts
          """)
  void saysWhatIsWrongAndWhere(String text, String fault) {
    assertThatThrownBy(() -> RecordsShape.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(fault);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> RecordsShape.parse("user=x{ header startedAt=y"))
        .hasMessageContainingAll("user: ", "header: ", "startedAt: ");
  }
}
