package conversations.deletion.client.service;

import conversations.deletion.client.registration.ClientApp;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The service that the commands use. */
public sealed interface Target permits LocalTarget, StackTarget {

  /** The name under which the files of its client apps are kept apart from others. */
  String name();

  /** What its tokens have as {@code aud}, so that no other service takes them. */
  Optional<String> audience();

  /** The URL of its API, without a slash at the end: of https, or on this machine. */
  URI apiUrl();

  /** The remedy if nothing answers there. */
  String whenUnreachable();

  /**
   * The template's output of this name.
   *
   * @throws conversations.deletion.client.failure.Failure if there is no such output
   */
  String output(String name);

  /** The template's parameters that are not empty, by name. */
  Map<String, String> parameters();

  AwsAccess aws();

  /** The bot to use if the person names none. */
  Optional<String> bot();

  /** The client app to use if the person names none. */
  Optional<ClientApp> clientApp();
}
