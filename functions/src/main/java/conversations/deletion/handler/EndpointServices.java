package conversations.deletion.handler;

import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.access.UseToken;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.config.Wiring;

/**
 * What all endpoints need, besides their own use case.
 *
 * @param useToken takes the token of each request
 * @param limitRequests holds the requests to each bot to its limits
 * @param log what operators read
 * @param outages tells what passes by itself from what does not
 */
public record EndpointServices(
    UseToken useToken, LimitRequests limitRequests, OperatorLog log, Outages outages) {

  EndpointServices(Wiring wiring) {
    this(wiring.useToken(), wiring.limitRequests(), wiring.operatorLog(), wiring.outages());
  }
}
