package conversations.deletion.local.http;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the requests of programs and of a server's own pages from those that a page from elsewhere
 * had a browser send. What listens here asks for no key, shows everything and can delete. Listening
 * on the loopback interface only is not enough: in a browser on this machine, any page from
 * anywhere can send requests too.
 *
 * <ul>
 *   <li>The {@code Host} header must name this machine. This stops DNS rebinding: evil.example can
 *       make its name resolve to 127.0.0.1 after its page was loaded. The page then has the same
 *       origin as the server and could read everything. Its requests still say {@code Host:
 *       evil.example}. A server that other machines reach does not know its names. It takes any
 *       address, as nobody can make one lead elsewhere, and the name that containers know.
 *   <li>An {@code Origin} header must be the server's own. A browser sends the header with every
 *       request by which another page could change or read something. Programs such as curl and the
 *       SDK send none.
 * </ul>
 */
public final class LocalCallers {

  private static final Set<String> LOOPBACK_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final String NAME_IN_CONTAINERS = "host.docker.internal";
  private static final Pattern HOST = Pattern.compile("(\\[[^\\[\\]]+]|[^:\\[\\]]+)(:\\d{1,5})?");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final Set<String> names = new HashSet<>(LOOPBACK_NAMES);
  private final boolean takesAddresses;

  /** Those of a server that listens there. */
  public LocalCallers(Listening server) {
    names.add(server.host().toLowerCase(Locale.ROOT));
    takesAddresses = !server.isForThisMachineOnly();
    if (takesAddresses) {
      names.add(NAME_IN_CONTAINERS);
    }
  }

  /**
   * Why a request with these headers is refused; empty if it is not.
   *
   * @param host null where there is none
   * @param origin null where there is none
   */
  public Optional<String> refusal(String host, String origin) {
    if (host == null || !namesThisMachine(host)) {
      return Optional.of("The Host header does not name this machine.");
    }
    return origin == null || origin.equalsIgnoreCase("http://" + host)
        ? Optional.empty()
        : Optional.of("The request was sent by a page of another origin.");
  }

  private boolean namesThisMachine(String hostAndPort) {
    Matcher host = HOST.matcher(hostAndPort);
    if (!host.matches()) {
      return false;
    }
    String name = host.group(1).toLowerCase(Locale.ROOT);
    return names.contains(name) || takesAddresses && ADDRESS.matcher(name).matches();
  }
}
