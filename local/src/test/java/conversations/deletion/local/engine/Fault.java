package conversations.deletion.local.engine;

/**
 * What may befall a call to AWS.
 *
 * @param at which request of the off-peak function, as it leaves for the network, from 1
 * @param kind what befalls it
 */
record Fault(int at, Kind kind) {

  enum Kind {
    /** The connection breaks before the request is sent. */
    REQUEST_LOST,
    /** The request has its effect, and its answer never comes. */
    REPLY_LOST,
    /** The service says that it is asked too often; of a batch, half is left unprocessed. */
    THROTTLED,
    /** As {@link #THROTTLED}, and of a batch nothing is taken. */
    REFUSED,
    /** The process dies before the request is sent. */
    KILLED_BEFORE,
    /** The process dies when the request has had its effect. */
    KILLED_AFTER,
    /** As {@link #REQUEST_LOST}, for every repetition of the request by the SDK too. */
    OUTAGE,
    /** As {@link #REPLY_LOST}, for every repetition of the request by the SDK too. */
    REPLIES_LOST;

    boolean lasts() {
      return this == OUTAGE || this == REPLIES_LOST;
    }
  }

  /** Reads what {@link #toString} wrote. */
  static Fault parse(String text) {
    String[] parts = text.split(":");
    return new Fault(Integer.parseInt(parts[0]), Kind.valueOf(parts[1]));
  }

  @Override
  public String toString() {
    return at + ":" + kind;
  }
}
