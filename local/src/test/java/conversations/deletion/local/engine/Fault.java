package conversations.deletion.local.engine;

/**
 * A fault that may hit a call to AWS.
 *
 * @param at the number of the off-peak function's request, as requests leave for the network, from
 *     1
 * @param kind the kind of fault
 */
record Fault(int at, Kind kind) {

  enum Kind {
    /** The connection breaks before the request is sent. */
    REQUEST_LOST,
    /** The request has its effect, and its answer never comes. */
    REPLY_LOST,
    /** The service throttles the request. Half of a batch is left unprocessed. */
    THROTTLED,
    /** As {@link #THROTTLED}, but a batch is left unprocessed as a whole. */
    REFUSED,
    /** The process dies before the request is sent. */
    KILLED_BEFORE,
    /** The process dies after the request has had its effect. */
    KILLED_AFTER,
    /** As {@link #REQUEST_LOST}, for every repetition of the request by the SDK too. */
    OUTAGE,
    /** As {@link #REPLY_LOST}, for every repetition of the request by the SDK too. */
    REPLIES_LOST;

    boolean lasts() {
      return this == OUTAGE || this == REPLIES_LOST;
    }

    /** Tells whether a process that goes on does not learn whether the request was taken. */
    boolean isWithoutAnswer() {
      return lasts() || this == REQUEST_LOST || this == REPLY_LOST;
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
