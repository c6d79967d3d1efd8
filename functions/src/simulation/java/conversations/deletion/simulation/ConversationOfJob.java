package conversations.deletion.simulation;

import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobRef;

/** A conversation as one job sees it. */
record ConversationOfJob(JobRef job, ConversationId conversation) {}
