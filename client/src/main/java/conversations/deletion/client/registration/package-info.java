/** What has to be there before a request: bots, and client apps with their keys. */
package conversations.deletion.client.registration;
