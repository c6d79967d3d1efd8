package conversations.deletion.local.embedded;

import java.net.URI;
import java.util.function.IntSupplier;
import software.amazon.dynamodb.services.local.main.CommandLineInput;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * DynamoDB Local in this JVM, in memory.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html">DynamoDB
 *     local usage notes</a>
 */
public final class DynamoDbLocal implements AutoCloseable {

  private final DynamoDBProxyServer server;
  private final URI endpoint;

  private DynamoDbLocal(DynamoDBProxyServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * Starts it on a free port of every network interface, because it offers no choice of interface.
   */
  public static DynamoDbLocal start() {
    return start(FreePort::find);
  }

  static DynamoDbLocal start(IntSupplier ports) {
    return FreePort.start(
        ports,
        port -> {
          CommandLineInput options =
              new CommandLineInput(
                  new String[] {
                    "-inMemory", "-sharedDb", "-disableTelemetry", "-port", String.valueOf(port)
                  });
          options.init();
          DynamoDBProxyServer server = ServerRunner.createServer(options);
          server.start();
          return new DynamoDbLocal(server, URI.create("http://127.0.0.1:" + port));
        });
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    }
  }
}
