/** Fires the template's schedule as EventBridge Scheduler does. */
package conversations.deletion.local.schedule;
