/**
 * The entry points of the Lambda functions. Each reads its event, calls one use case and answers.
 *
 * <p>A handler has two constructors: one without parameters, for Lambda, and one that takes its
 * collaborators.
 */
package conversations.deletion.handler;
