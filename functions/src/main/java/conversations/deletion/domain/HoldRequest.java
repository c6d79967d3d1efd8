package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What a request to hold asks for.
 *
 * @param target what is to be held
 * @param reason why
 * @param reviewAt when somebody wants to be reminded of it; the hold stands nevertheless
 * @param isConfidential whether those who may not see holds must not see that it keeps anything
 */
public record HoldRequest(
    HoldTarget target, HoldReason reason, Optional<Instant> reviewAt, boolean isConfidential) {}
