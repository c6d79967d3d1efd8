/**
 * The words of the service and their rules. Values check themselves when they are made, and nothing
 * here depends on AWS.
 *
 * <p>All types are immutable and safe for use by several threads.
 */
package conversations.deletion.domain;
