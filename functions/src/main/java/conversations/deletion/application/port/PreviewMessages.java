package conversations.deletion.application.port;

import conversations.deletion.domain.PreviewRef;
import java.util.Optional;

/** The messages of the previews' queue. */
public interface PreviewMessages {

  /** Reads the body of a message; empty if it is not of this service's form. */
  Optional<PreviewRef> read(String body);
}
