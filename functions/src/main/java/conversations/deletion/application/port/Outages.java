package conversations.deletion.application.port;

/** Tells failures that pass by themselves from those that an operator must mend. */
public interface Outages {

  /**
   * Tells whether something outside was out of reach, overloaded or in conflict with a simultaneous
   * request. The same call may well succeed a little later then.
   */
  boolean isOutage(Throwable failure);

  /**
   * Tells whether a failure has its cause outside the job that met it: an outage, or what an
   * operator has to mend, such as a permission, a key or a table that is missing. Other jobs may
   * meet the same.
   */
  default boolean isOutside(Throwable failure) {
    return isOutage(failure);
  }
}
