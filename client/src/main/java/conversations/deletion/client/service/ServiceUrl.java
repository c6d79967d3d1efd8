package conversations.deletion.client.service;

import java.net.InetAddress;
import java.net.URI;

/** Says which URLs may get a token. */
final class ServiceUrl {

  private ServiceUrl() {}

  /** Whether it is a URL of http at a loopback address, so that it leads nowhere else. */
  static boolean isOfThisMachine(String url) {
    try {
      URI uri = URI.create(url);
      return "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Whether nobody between here and there can read along. */
  static boolean isPrivate(String url) {
    try {
      URI uri = URI.create(url);
      return isOfThisMachine(url)
          || ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /**
   * No name but localhost is asked of DNS: it may answer with a loopback address now, and another
   * later.
   */
  private static boolean isLoopback(String host) {
    return host != null
        && (host.equalsIgnoreCase("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress());
  }
}
