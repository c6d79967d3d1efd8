package conversations.deletion.application.port;

import java.util.Map;

/**
 * Where the figures go that dashboards and alarms are made of.
 *
 * <p>They are numbers of a whole deployment: nothing in them tells a job, a bot or a user.
 */
@FunctionalInterface
public interface Metrics {

  /**
   * Reports figures together, as of now. It throws nothing: a figure that can't be reported is
   * lost, and the work that it was about goes on.
   *
   * @param figures whole numbers in the metrics' units
   */
  void report(Map<Metric, Long> figures);
}
