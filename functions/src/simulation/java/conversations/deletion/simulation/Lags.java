package conversations.deletion.simulation;

import java.time.Duration;

/** How far reads are behind the writes, if they are not strongly consistent. */
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

  /** How old the state is that an eventually consistent read finds. */
  Duration ofRead();

  /** How old an entry is in the index of a channel user's conversations. */
  Duration ofConversationIndex();

  /** How old an entry is in the index of jobs to sweep. */
  Duration ofJobIndex();
}
