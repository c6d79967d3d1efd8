package conversations.deletion.handler;

import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.access.UseToken;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.config.Wiring;

/**
 * The services that all endpoints need, besides their own use case.
 *
 * @param useToken uses the token of each request
 * @param limitRequests keeps the requests to each bot within its rate limits
 * @param log the log that operators read
 * @param outages tells failures that pass by themselves from others
 */
public record EndpointServices(
    UseToken useToken, LimitRequests limitRequests, OperatorLog log, Outages outages) {

  EndpointServices(Wiring wiring) {
    this(wiring.useToken(), wiring.limitRequests(), wiring.operatorLog(), wiring.outages());
  }
}
