package conversations.deletion.local.embedded;

import conversations.deletion.local.template.Account;
import java.net.URI;
import java.util.function.IntSupplier;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** ElasticMQ, which speaks SQS, in this JVM and in memory. */
public final class ElasticMq implements AutoCloseable {

  private final SQSRestServer server;
  private final URI endpoint;

  private ElasticMq(SQSRestServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Starts it on a free port of that host; its ARNs name that account. */
  public static ElasticMq start(String host, Account account) {
    return start(host, account, FreePort::find);
  }

  static ElasticMq start(String host, Account account, IntSupplier ports) {
    return FreePort.start(
        ports,
        port -> {
          SQSRestServer server =
              SQSRestServerBuilder.withInterface(host)
                  .withPort(port)
                  .withServerAddress(new NodeAddress("http", "127.0.0.1", port, ""))
                  .withAWSRegion(account.region())
                  .withAWSAccountId(account.id())
                  .start();
          server.waitUntilStarted();
          return new ElasticMq(server, URI.create("http://127.0.0.1:" + port));
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
