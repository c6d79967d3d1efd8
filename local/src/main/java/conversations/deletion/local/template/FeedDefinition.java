package conversations.deletion.local.template;

/**
 * A queue that feeds a function, one message at a time.
 *
 * @param queue the queue's name
 * @param arn the queue's ARN
 * @param atOnce how many messages are handled at once
 */
public record FeedDefinition(String functionId, String queue, String arn, int atOnce) {}
