/**
 * The engine that runs in the off-peak hours: it takes waiting jobs from the queue, leases them,
 * and deletes what they ask for.
 */
package conversations.deletion.application.offpeak;
