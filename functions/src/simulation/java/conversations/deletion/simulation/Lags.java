package conversations.deletion.simulation;

import java.time.Duration;

/** How far behind the writes the reads are that promise nothing else. */
public interface Lags {

  /** Nothing lags. */
  Lags NONE =
      new Lags() {
        @Override
        public Duration ofRead() {
          return Duration.ZERO;
        }

        @Override
        public Duration ofConversationIndex() {
          return Duration.ZERO;
        }

        @Override
        public Duration ofJobIndex() {
          return Duration.ZERO;
        }
      };

  /** How old what an eventually consistent read finds is. */
  Duration ofRead();

  /** How old an entry is in the index of a channel user's conversations. */
  Duration ofConversationIndex();

  /** How old an entry is in the index of jobs to sweep. */
  Duration ofJobIndex();
}
