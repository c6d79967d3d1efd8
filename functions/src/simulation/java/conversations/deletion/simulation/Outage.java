package conversations.deletion.simulation;

import java.time.Instant;

/** Something that does not work for a while, whoever asks for it. */
sealed interface Outage {

  Instant from();

  Instant until();

  /** Tells whether it concerns calls that need this permission. */
  boolean concerns(Permission permission);

  /** What does not work. */
  Enum<?> what();

  /** The same at another time. */
  Outage at(Instant from, Instant until);

  /** Every call of a service gets no answer. */
  record OfService(Service what, Instant from, Instant until) implements Outage {
    @Override
    public boolean concerns(Permission permission) {
      return permission.service() == what;
    }

    @Override
    public Outage at(Instant newFrom, Instant newUntil) {
      return new OfService(what, newFrom, newUntil);
    }
  }

  /** Every call that needs a permission is refused at once. */
  record OfPermission(Permission what, Instant from, Instant until) implements Outage {
    @Override
    public boolean concerns(Permission permission) {
      return permission == what;
    }

    @Override
    public Outage at(Instant newFrom, Instant newUntil) {
      return new OfPermission(what, newFrom, newUntil);
    }
  }

  default boolean isAt(Instant moment) {
    return !moment.isBefore(from()) && moment.isBefore(until());
  }
}
