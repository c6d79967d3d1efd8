/** The deployed service on one machine: never deployed itself. */
package conversations.deletion.local;
