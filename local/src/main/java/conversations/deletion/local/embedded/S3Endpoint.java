package conversations.deletion.local.embedded;

import com.robothy.netty.initializer.HttpServerInitializer;
import com.robothy.netty.router.Router;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.http.LocalCallers;
import conversations.deletion.local.template.Account;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * LocalS3, which speaks S3, in this JVM and in memory. Its own server listens on every interface
 * and lets any page of a browser in, so what it is made of runs in a server of this class. Where it
 * answers otherwise than S3, {@link S3Corrections} answer instead.
 *
 * @see <a href="https://github.com/Robothy/local-s3">LocalS3</a>
 */
public final class S3Endpoint implements AutoCloseable {

  private static final int THREADS = 8;

  /** After its connections are closed, what they leave to do is done in this time. */
  private static final int QUIET_MILLIS = 100;

  private static final int LONGEST_END_MILLIS = 1_000;

  private final NioEventLoopGroup acceptors = new NioEventLoopGroup(1, daemons("s3-acceptor"));
  private final NioEventLoopGroup connections = new NioEventLoopGroup(2, daemons("s3-connection"));
  private final EventExecutorGroup handlers =
      new DefaultEventExecutorGroup(THREADS, daemons("s3-handler"));
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel server;
  private final URI endpoint;

  private S3Endpoint(Listening listening, Account account) throws InterruptedException {
    S3Corrections router =
        new S3Corrections(new LocalS3Parts(), new LocalCallers(listening), account.id());
    server =
        new ServerBootstrap()
            .group(acceptors, connections)
            .channel(NioServerSocketChannel.class)
            .childHandler(new ClosingInitializer(handlers, router, open))
            .bind(listening.address(), 0)
            .sync()
            .channel();
    int port = ((InetSocketAddress) server.localAddress()).getPort();
    endpoint = URI.create("http://" + listening.inUrl() + ":" + port);
  }

  /** Starts it on a free port there, for buckets of that account. */
  static S3Endpoint start(Listening listening, Account account) {
    try {
      return new S3Endpoint(listening, account);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("LocalS3 does not start", e);
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    server.close().syncUninterruptibly();
    open.close().awaitUninterruptibly();
    List.<EventExecutorGroup>of(acceptors, connections, handlers)
        .forEach(
            group ->
                group.shutdownGracefully(QUIET_MILLIS, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS));
  }

  private static DefaultThreadFactory daemons(String name) {
    return new DefaultThreadFactory(name, true);
  }

  /** Ends a connection whose request asks for that, which LocalS3 leaves open. */
  private static final class ClosingInitializer extends HttpServerInitializer {

    private final ChannelGroup open;

    ClosingInitializer(EventExecutorGroup handlers, Router router, ChannelGroup open) {
      super(handlers, router);
      this.open = open;
    }

    @Override
    protected void initChannel(SocketChannel channel) throws Exception {
      super.initChannel(channel);
      open.add(channel);
      channel
          .pipeline()
          .addAfter(
              "http-response-encoder",
              HttpServerKeepAliveHandler.class.getSimpleName(),
              new HttpServerKeepAliveHandler());
    }
  }
}
