/** What the adapters of all AWS services share. */
package conversations.deletion.adapter.aws;
