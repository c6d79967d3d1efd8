package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a conversation was read to learn whether it is still open, before anything of it is
 * planned. A conversation may take longer to read than a run lasts, so a later run goes on here.
 *
 * @param through the last record key that was read, in key order
 * @param lastActivity when the youngest record so far was made, as far as that can be believed
 */
public record Scan(String through, Optional<Instant> lastActivity) {}
