package conversations.deletion.simulation;

import conversations.deletion.application.port.OperatorLog;
import java.util.Map;

/** A log that keeps nothing. */
public final class Silence implements OperatorLog {

  @Override
  public void begin(Map<String, String> ids) {}

  @Override
  public void info(String event, Map<String, ?> fields) {}

  @Override
  public void warn(String event, Map<String, ?> fields, Throwable cause) {}

  @Override
  public void error(String event, Map<String, ?> fields, Throwable cause) {}
}
