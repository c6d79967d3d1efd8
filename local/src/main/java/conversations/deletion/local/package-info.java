/** Runs the deployed service on one machine. This module itself is never deployed. */
package conversations.deletion.local;
