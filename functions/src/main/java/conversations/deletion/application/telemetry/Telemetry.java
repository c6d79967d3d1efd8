package conversations.deletion.application.telemetry;

import conversations.deletion.application.port.OperatorLog;

/**
 * How the engine tells operators what it does.
 *
 * @param log a line for each step
 * @param metrics the figures of a run
 */
public record Telemetry(OperatorLog log, MetricSums metrics) {}
