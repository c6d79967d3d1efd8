/** Previews: what a deletion job would delete, counted and listed, with nothing changed. */
package conversations.deletion.application.previews;
