package conversations.deletion.config;

import conversations.deletion.application.mail.MailLimit;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ClientAppNames;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.OwnerMail;

/** What the off-peak engine needs from outside. */
public record EnginePorts(
    JobStore jobs,
    HoldLooks holds,
    JobQueue queue,
    JobMessages messages,
    ConversationRecords records,
    Attachments attachments,
    Bots bots,
    ClientAppNames clientApps,
    MailLimit mailLimit,
    OwnerMail mail,
    Outages outages) {}
