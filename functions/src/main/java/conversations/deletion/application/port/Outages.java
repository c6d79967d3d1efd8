package conversations.deletion.application.port;

/** Tells failures that pass by themselves from those that somebody must mend. */
public interface Outages {

  /**
   * Tells whether something outside was out of reach, overloaded or at odds with a simultaneous
   * request, so that the same call may well succeed a little later.
   */
  boolean isOutage(Throwable failure);
}
