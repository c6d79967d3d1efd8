/** The service that is talked to: one that runs on this machine, or a deployed stack. */
package conversations.deletion.client.service;
