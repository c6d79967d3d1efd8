/** Reading conversations, page by page, and what the rules say of what was read. */
package conversations.deletion.application.reading;
