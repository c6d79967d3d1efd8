package conversations.deletion.local.http;

import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where a server listens: on this machine only, on another interface, or on all of them. */
public record Listening(String host, InetAddress address) {

  /** Where only this machine's own programs come to. */
  public static final Listening HERE = on("127.0.0.1");

  /**
   * A server of that network interface.
   *
   * @param host a name or an address
   */
  public static Listening on(String host) {
    try {
      return new Listening(host, InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells whether no other machine reaches the server. */
  public boolean isForThisMachineOnly() {
    return address.isLoopbackAddress();
  }

  /** Tells whether the server listens on all interfaces. */
  public boolean isEverywhere() {
    return address.isAnyLocalAddress();
  }

  /** The address by which this machine reaches the server, as it stands in a URL. */
  public String inUrl() {
    if (isEverywhere()) {
      return HERE.inUrl();
    }
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }
}
