package conversations.deletion.local.embedded;

import conversations.deletion.local.http.Listening;
import conversations.deletion.local.http.LocalCallers;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in this JVM, in memory. Its own server listens on every interface and lets any
 * page of a browser in, so its handler runs in a server of this class.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html">DynamoDB
 *     local usage notes</a>
 */
public final class DynamoDbLocal implements AutoCloseable {

  /** The port that DynamoDB Local is told has a meaning only for its own server. */
  private static final int NO_PORT = 0;

  private final Server server;
  private final LocalDynamoDBServerHandler dynamoDb;
  private final URI endpoint;

  private DynamoDbLocal(Listening listening) throws Exception {
    boolean inMemory = true;
    boolean sharedDb = true;
    boolean delaysTransientStatuses = false;
    dynamoDb =
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(
                NO_PORT, inMemory, null, sharedDb, delaysTransientStatuses),
            null);
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost(listening.host());
    server.addConnector(connector);
    server.setHandler(new LocalOnly(new LocalCallers(listening), dynamoDb));
    server.start();
    endpoint = URI.create("http://" + listening.inUrl() + ":" + connector.getLocalPort());
  }

  /** Starts it on a free port of the loopback interface. */
  public static DynamoDbLocal start() {
    return start(Listening.HERE);
  }

  /** Starts it on a free port there. */
  static DynamoDbLocal start(Listening listening) {
    try {
      return new DynamoDbLocal(listening);
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not start", e);
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
      dynamoDb.close();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    }
  }

  /** Answers 403 to requests that {@link LocalCallers} refuse. */
  private static final class LocalOnly extends Handler.Wrapper {

    private final LocalCallers callers;

    private LocalOnly(LocalCallers callers, Handler handler) {
      super(handler);
      this.callers = callers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Optional<String> refusal =
          callers.refusal(
              request.getHeaders().get(HttpHeader.HOST),
              request.getHeaders().get(HttpHeader.ORIGIN));
      if (refusal.isEmpty()) {
        return super.handle(request, response, callback);
      }
      response.setStatus(403);
      response.write(
          true, ByteBuffer.wrap(refusal.get().getBytes(StandardCharsets.UTF_8)), callback);
      return true;
    }
  }
}
