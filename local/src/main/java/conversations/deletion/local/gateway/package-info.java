/** Serves the template's REST API as API Gateway does. */
package conversations.deletion.local.gateway;
