package conversations.deletion.domain;

import java.time.Instant;
import java.util.Set;

/**
 * That a job has come to wait for holds. It stays with the job when the job goes on.
 *
 * @param since when the job first waited
 * @param isTold whether the owner is told of it: not where only confidential holds keep anything
 * @param holds the holds that the job waits for, at most {@value #MOST_HOLDS} of them
 */
public record OnHold(Instant since, boolean isTold, Set<HoldId> holds) {

  /** More are not noted, so that the job's item stays small. */
  public static final int MOST_HOLDS = 50;

  public OnHold {
    holds = Set.copyOf(holds.stream().sorted().limit(MOST_HOLDS).toList());
  }
}
