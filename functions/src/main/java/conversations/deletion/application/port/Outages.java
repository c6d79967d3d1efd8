package conversations.deletion.application.port;

/** Tells failures that pass by themselves from those that an operator must mend. */
public interface Outages {

  /**
   * Tells whether something outside was out of reach, overloaded or in conflict with a simultaneous
   * request. The same call may well succeed a little later then.
   */
  boolean isOutage(Throwable failure);
}
