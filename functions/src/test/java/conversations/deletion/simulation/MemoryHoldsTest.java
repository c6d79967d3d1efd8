package conversations.deletion.simulation;

import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.HoldSweeps;
import conversations.deletion.application.port.Holds;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Hold;
import java.util.List;
import java.util.Optional;

final class MemoryHoldsTest extends HoldsContract {

  private final MemoryHolds holds = new MemoryHolds();

  @Override
  protected Holds holds() {
    return holds;
  }

  @Override
  protected HoldLooks looks() {
    return holds;
  }

  @Override
  protected HoldSweeps sweeps() {
    return holds;
  }

  @Override
  protected void releaseInPart(Hold released, Optional<ChangeLogEntry> entry) {
    holds.releaseInPart(released, entry);
  }

  @Override
  protected List<ChangeLogEntry> changeLog() {
    return holds.changeLog();
  }
}
