/**
 * What the service does, without a word of AWS: a room for each purpose, and in {@code port} what
 * they need of the outside. {@code ArchitectureTest} says which room may use which.
 */
package conversations.deletion.application;
