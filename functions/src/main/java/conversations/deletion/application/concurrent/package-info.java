/** Work side by side on virtual threads, and waiting. */
package conversations.deletion.application.concurrent;
