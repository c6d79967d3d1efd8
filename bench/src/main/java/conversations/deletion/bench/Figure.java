package conversations.deletion.bench;

/**
 * A figure and its reference.
 *
 * @param name what was measured, for people
 * @param ours what the service takes or does
 * @param reference what the reference takes or does, in the same unit and the same run
 * @param goal the bound on {@link #ratio}; not a number if the figure is only reported
 * @param better which side of the goal counts as met
 */
public record Figure(
    String name, double ours, double reference, String unit, double goal, Better better) {

  /** Which ratios are better. */
  public enum Better {
    LOWER,
    HIGHER
  }

  /** A figure that has no goal. */
  public static Figure reported(
      String name, double ours, double reference, String unit, Better better) {
    return new Figure(name, ours, reference, unit, Double.NaN, better);
  }

  /** Ours divided by the reference; 1 if both are equal, even if both are 0. */
  public double ratio() {
    return ours == reference ? 1 : ours / reference;
  }

  public boolean hasGoal() {
    return !Double.isNaN(goal);
  }

  public boolean isMet() {
    return switch (better) {
      case LOWER -> ratio() <= goal;
      case HIGHER -> ratio() >= goal;
    };
  }
}
