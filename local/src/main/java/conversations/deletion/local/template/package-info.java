/** Reads the SAM template and resolves it to the resources of one stack. */
package conversations.deletion.local.template;
