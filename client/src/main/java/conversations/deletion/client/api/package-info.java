/** The service's API, over HTTP, as a client app sees it. */
package conversations.deletion.client.api;
