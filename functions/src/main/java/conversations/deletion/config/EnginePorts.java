package conversations.deletion.config;

import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.OwnerMail;

/** What the off-peak engine needs of the outside. */
public record EnginePorts(
    JobLeases leases,
    JobChunks chunks,
    JobQueue queue,
    JobMessages messages,
    ConversationRecords records,
    Bots bots,
    OwnerMail mail) {}
