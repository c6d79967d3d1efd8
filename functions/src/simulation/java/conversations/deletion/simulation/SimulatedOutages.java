package conversations.deletion.simulation;

import conversations.deletion.application.port.Outages;

/** Tells outages from other failures by the exceptions that {@link Calls} throws. */
final class SimulatedOutages implements Outages {

  @Override
  public boolean isOutage(Throwable failure) {
    return failure instanceof Calls.CallFailedException;
  }

  @Override
  public boolean isOutside(Throwable failure) {
    return isOutage(failure) || failure instanceof Calls.DeniedException;
  }
}
