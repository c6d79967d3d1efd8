/** Parallel work on virtual threads, and waiting. */
package conversations.deletion.application.concurrent;
