package conversations.deletion.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionsTest {

  private final Map<String, Object> item =
      new HashMap<>(Map.of("fence", Map.of("N", "9"), "leaseUntil", Attribute.s("2026-05-04")));

  private boolean holds(String condition) {
    Map<String, Object> request =
        Map.of(
            "ConditionExpression", condition,
            "ExpressionAttributeNames", Map.of("#f", "fence"),
            "ExpressionAttributeValues",
                Map.of(":ten", Map.of("N", "10"), ":now", Attribute.s("2026-05-05")));
    return Expressions.holds(request, "ConditionExpression", item);
  }

  @Test
  void comparesNumbersAsNumbers() {
    assertThat(holds("#f < :ten")).isTrue();
    assertThat(holds("fence = :ten")).isFalse();
  }

  @Test
  void knowsBracketsAndPresence() {
    assertThat(holds("#f <= :ten AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now)"))
        .isTrue();
    assertThat(holds("attribute_not_exists(fence) OR attribute_exists(other)")).isFalse();
    assertThat(holds("NOT attribute_exists(other)")).isTrue();
  }

  @Test
  void anAbsentAttributeIsNeverSmaller() {
    assertThat(holds("other < :ten")).isFalse();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> holds("contains(fence, :ten)"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSetHasASizeAndNothingElseHas() {
    item.put("madeJobs", Map.of("SS", List.of("cdj-1", "cdj-2")));

    assertThat(holds("size(madeJobs) < :ten")).isTrue();
    assertThatThrownBy(() -> holds("size(fence) < :ten"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addsToASetWhatItLacks() {
    Map<String, Object> request =
        Map.of(
            "UpdateExpression",
            "ADD madeJobs :job",
            "ExpressionAttributeValues",
            Map.of(":job", Map.of("SS", List.of("cdj-1"))));

    Expressions.update(request, item);
    Expressions.update(request, item);

    assertThat(item).containsEntry("madeJobs", Map.of("SS", List.of("cdj-1")));
  }

  @Test
  void keepsWhatIsThereIfAskedTo() {
    Map<String, Object> request =
        Map.of(
            "UpdateExpression",
            "SET leaseUntil = if_not_exists(leaseUntil, :now),"
                + " stuckSince = if_not_exists(stuckSince, :now)",
            "ExpressionAttributeValues",
            Map.of(":now", Attribute.s("2026-05-05")));

    Expressions.update(request, item);

    assertThat(item)
        .containsEntry("leaseUntil", Attribute.s("2026-05-04"))
        .containsEntry("stuckSince", Attribute.s("2026-05-05"));
  }

  @Test
  void setsRemovesAndAdds() {
    Map<String, Object> request =
        Map.of(
            "UpdateExpression", "SET #s = :now, owner = :now REMOVE leaseUntil ADD fence :ten",
            "ExpressionAttributeNames", Map.of("#s", "status"),
            "ExpressionAttributeValues",
                Map.of(":ten", Map.of("N", "10"), ":now", Attribute.s("now")));

    Expressions.update(request, item);

    assertThat(item)
        .isEqualTo(
            Map.of(
                "status", Attribute.s("now"),
                "owner", Attribute.s("now"),
                "fence", Map.of("N", "19")));
  }
}
