package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.domain.Budget.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private static final BotId BOT = new BotId("st-1");

  @Test
  void cancelsAndRefusalsHaveBudgetsOfTheirOwn() {
    assertThat(
            List.of(
                Budget.of(Kind.REQUESTS, BOT).key(),
                Budget.of(Kind.CANCELS, BOT).key(),
                Budget.ofRefusals(new ClientAppId("st-1")).key(),
                Budget.of(Kind.REQUESTS, new BotId("refusals")).key(),
                Budget.of(Kind.CANCELS, new BotId("refusals")).key(),
                Budget.ofRefusals(new ClientAppId("cancels")).key()))
        .doesNotHaveDuplicates();
  }

  @Test
  void noBotHasABudgetOfRefusals() {
    assertThatThrownBy(() -> Budget.of(Kind.REFUSALS, BOT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
