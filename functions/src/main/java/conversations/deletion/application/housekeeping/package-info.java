/**
 * What is to be done at any hour, and deletes no conversation: what was stored to be sent later is
 * sent, and what got lost is begun again.
 */
package conversations.deletion.application.housekeeping;
