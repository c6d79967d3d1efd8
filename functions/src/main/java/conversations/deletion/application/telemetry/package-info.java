/** How a run tells operators what it does. */
package conversations.deletion.application.telemetry;
