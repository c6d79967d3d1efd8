/** The SDK side: endpoints, clients, settings, and the tables and queues of a stack. */
package conversations.deletion.local.aws;
