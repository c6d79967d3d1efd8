/** Who may send requests to the HTTP servers of this machine. */
package conversations.deletion.local.http;
