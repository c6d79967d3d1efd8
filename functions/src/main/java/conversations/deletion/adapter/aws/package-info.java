/** What all services of AWS have in common. */
package conversations.deletion.adapter.aws;
