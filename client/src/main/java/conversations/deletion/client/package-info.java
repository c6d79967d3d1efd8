/** {@code deletions}: the service's client for people, on a command line. */
package conversations.deletion.client;
