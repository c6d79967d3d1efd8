/** The AWS services that run in this JVM. */
package conversations.deletion.local.embedded;
