package conversations.deletion.local.embedded;

import conversations.deletion.local.http.Listening;
import conversations.deletion.local.template.Account;
import java.net.URI;
import java.util.function.IntSupplier;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * ElasticMQ, which speaks SQS, in this JVM and in memory. It has no hook for a check of who calls,
 * and its own port would stay open behind any proxy. So a page that gets a browser to call it is
 * not refused.
 */
public final class ElasticMq implements AutoCloseable {

  private final SQSRestServer server;
  private final URI endpoint;

  private ElasticMq(SQSRestServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Starts it on a free port there; its ARNs name that account. */
  static ElasticMq start(Listening listening, Account account) {
    return start(listening, account, FreePort::find);
  }

  static ElasticMq start(Listening listening, Account account, IntSupplier ports) {
    return FreePort.start(
        ports,
        port -> {
          SQSRestServer server =
              SQSRestServerBuilder.withInterface(listening.host())
                  .withPort(port)
                  .withServerAddress(new NodeAddress("http", listening.inUrl(), port, ""))
                  .withAWSRegion(account.region())
                  .withAWSAccountId(account.id())
                  .start();
          server.waitUntilStarted();
          return new ElasticMq(server, URI.create("http://" + listening.inUrl() + ":" + port));
        });
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    server.stopAndWait();
  }
}
