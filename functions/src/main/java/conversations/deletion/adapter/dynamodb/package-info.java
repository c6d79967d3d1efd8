/**
 * Implements ports with DynamoDB, one class for each.
 *
 * <p>Each class takes a client and the names of its tables. Failures of DynamoDB reach the caller
 * as the SDK's own exceptions.
 */
package conversations.deletion.adapter.dynamodb;
