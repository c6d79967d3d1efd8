/** Holds: placing and releasing them, and showing them with the jobs that wait for them. */
package conversations.deletion.application.holds;
