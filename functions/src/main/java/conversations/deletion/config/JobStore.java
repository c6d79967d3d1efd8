package conversations.deletion.config;

import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.PreviewLists;
import conversations.deletion.application.port.UntoldJobs;

/** The storage of jobs, as the off-peak engine needs it. */
public record JobStore(
    JobLeases leases,
    JobSweeps sweeps,
    JobChunks chunks,
    PreviewLists previewLists,
    UntoldJobs untold) {}
