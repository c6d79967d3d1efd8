/** The texts that people read: jobs, tables, progress. */
package conversations.deletion.client.view;
