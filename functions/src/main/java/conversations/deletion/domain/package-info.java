/**
 * The words of the service and their rules: values that refuse to be wrong, and nothing of AWS.
 *
 * <p>All types are immutable and safe for use by several threads.
 */
package conversations.deletion.domain;
