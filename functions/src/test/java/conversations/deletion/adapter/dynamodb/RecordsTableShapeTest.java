package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTableShapeTest {

  @Test
  void takesNamesThatAreReservedWords() {
    assertThatCode(() -> new RecordsTableShape("Items", "key", "name", "status", "user", "date"))
        .doesNotThrowAnyException();
  }

  @Test
  void takesTheLongestNames() {
    String table = "t".repeat(255);
    String attribute = "a".repeat(255);

    assertThat(new RecordsTableShape(table, attribute, "b", "idx", "c", "d").partitionKey())
        .isEqualTo(attribute);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "with space",
        "arn:aws:dynamodb:eu-central-1:123456789012:table/Items",
        "häuser"
      })
  void refusesWhatIsNoNameOfATable(String name) {
    assertThatThrownBy(() -> RecordsTableShape.ofOwn(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + name + "' is not a valid name of a DynamoDB table");
  }

  @Test
  void refusesKeysThatDynamoDbWouldNotTake() {
    String tooLong = "ä".repeat(128);

    assertThatThrownBy(() -> new RecordsTableShape("Items", "", "b", "index", "c", tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'' is not a valid name of a key attribute, '"
                + tooLong
                + "' is not a valid name of a key attribute");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> new RecordsTableShape("a", "key", "sort", "b", "user", "sort"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'a' is not a valid name of a DynamoDB table,"
                + " 'b' is not a valid name of a DynamoDB index,"
                + " two of the key attributes [key, sort, user, sort] have the same name");
  }
}
