/**
 * What the use cases need from outside, in the service's own words.
 *
 * <p>All ports are safe for use by several threads. A strongly consistent read sees all writes that
 * were answered before it. Unless a port says otherwise, a call that fails for an outside reason
 * throws the unchecked exception of its adapter, and may have had its effect.
 */
package conversations.deletion.application.port;
