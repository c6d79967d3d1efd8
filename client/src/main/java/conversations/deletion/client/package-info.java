/** {@code deletions}: the service's client for people, on the command line. */
package conversations.deletion.client;
