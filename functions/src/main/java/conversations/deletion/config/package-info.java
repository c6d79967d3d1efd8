/** The one place that knows both the environment and what is made from it. */
package conversations.deletion.config;
