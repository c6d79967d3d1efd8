package conversations.deletion.client.service;

import conversations.deletion.client.registration.ClientApp;
import java.net.URI;
import java.util.Optional;

/** The service that is talked to. */
public sealed interface Target permits LocalTarget, StackTarget {

  /** By what its client apps' files are kept apart from those of others. */
  String name();

  /** Where its API answers, without a slash at the end. */
  URI apiUrl();

  /** What to do where nothing answers there. */
  String whenUnreachable();

  /**
   * The template's output of that name.
   *
   * @throws conversations.deletion.client.failure.Failure if there is none
   */
  String output(String name);

  AwsAccess aws();

  /** The bot that is meant where none is named. */
  Optional<String> bot();

  /** The client app that is meant where none is named. */
  Optional<ClientApp> clientApp();
}
