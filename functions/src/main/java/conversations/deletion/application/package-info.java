/** One class for each thing that the service does. Nothing of AWS. */
package conversations.deletion.application;
