/**
 * What the use cases need from outside, in the service's own words.
 *
 * <p>All ports are safe for use by several threads. Where nothing else is said, a call that fails
 * for a reason outside throws the unchecked exception of its adapter and may have had its effect.
 */
package conversations.deletion.application.port;
