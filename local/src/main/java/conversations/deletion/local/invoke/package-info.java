/** Runs functions as Lambda does. */
package conversations.deletion.local.invoke;
