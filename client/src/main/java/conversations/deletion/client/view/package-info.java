/** What people read: jobs, tables, progress. */
package conversations.deletion.client.view;
