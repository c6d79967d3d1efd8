/** What callers can do with jobs: submit, find, list and cancel them, and read the change log. */
package conversations.deletion.application.jobs;
