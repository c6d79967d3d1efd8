package conversations.deletion.application.port;

import java.util.Map;

/**
 * Takes the figures for dashboards and alarms.
 *
 * <p>They are numbers of a whole deployment: nothing in them identifies a job, a bot or a user.
 */
@FunctionalInterface
public interface Metrics {

  /**
   * Reports figures together, as of now. It throws nothing: a figure that can't be reported is
   * lost, and the work goes on.
   *
   * @param figures whole numbers in the metrics' units
   */
  void report(Map<Metric, Long> figures);
}
