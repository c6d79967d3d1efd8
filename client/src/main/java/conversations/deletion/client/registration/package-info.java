/** What must be registered before a request: bots, and client apps with their keys. */
package conversations.deletion.client.registration;
