/** The service that the commands use: on this machine, or a deployed stack. */
package conversations.deletion.client.service;
