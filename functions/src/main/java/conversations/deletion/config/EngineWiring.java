package conversations.deletion.config;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.mail.CompletionEmails;
import conversations.deletion.application.mail.NotifyOwner;
import conversations.deletion.application.offpeak.AttachmentReader;
import conversations.deletion.application.offpeak.ConversationEraser;
import conversations.deletion.application.offpeak.ConversationReader;
import conversations.deletion.application.offpeak.Discovery;
import conversations.deletion.application.offpeak.EndJobs;
import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.application.offpeak.InHand;
import conversations.deletion.application.offpeak.JobUpkeep;
import conversations.deletion.application.offpeak.JobWorker;
import conversations.deletion.application.offpeak.PlannedDeletes;
import conversations.deletion.application.offpeak.Previewed;
import conversations.deletion.application.offpeak.RecordReader;
import conversations.deletion.application.offpeak.ResumeJobs;
import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.application.offpeak.RunOffPeakDeletions.Waiting;
import conversations.deletion.application.offpeak.TakeJobs;
import conversations.deletion.application.offpeak.TellOwner;
import conversations.deletion.application.offpeak.TryJobs;
import conversations.deletion.application.pool.AttachmentDeleter;
import conversations.deletion.application.pool.RecordDeleter;
import conversations.deletion.application.telemetry.Telemetry;

/**
 * Puts the off-peak engine together, with AWS behind its ports or with what a test or a benchmark
 * uses instead.
 */
public final class EngineWiring {

  private EngineWiring() {}

  /** The engine. */
  public static RunOffPeakDeletions runOffPeakDeletions(
      EnginePorts ports, EngineSettings settings, Clocks clocks, Telemetry telemetry) {
    RecordDeleter deleter =
        new RecordDeleter(ports.records(), settings.pool(), clocks, telemetry.metrics());
    InHand inHand = new InHand(deleter::recordsWithin, clocks);
    ConversationReader reader =
        new ConversationReader(
            new RecordReader(ports.records(), clocks),
            new AttachmentReader(ports.attachments()),
            settings,
            clocks);
    PlannedDeletes deletes =
        new PlannedDeletes(
            deleter,
            new AttachmentDeleter(
                ports.attachments(), ports.outages(), clocks, telemetry.metrics()),
            reader,
            ports.outages(),
            telemetry.log());
    ConversationEraser eraser = new ConversationEraser(reader, deletes, inHand);
    TellOwner tellOwner =
        new TellOwner(
            new NotifyOwner(
                new CompletionEmails(
                    ports.bots(),
                    ports.clientApps(),
                    settings.backups(),
                    ports.attachments().mayExist()),
                ports.mailLimit(),
                ports.mail(),
                settings.unavailableAfter(),
                clocks.wall(),
                telemetry.log(),
                telemetry.metrics()),
            ports.jobs().untold(),
            ports.jobs().leases(),
            settings,
            clocks,
            telemetry);
    EndJobs endJobs = new EndJobs(ports.jobs().chunks(), tellOwner, settings, clocks, telemetry);
    JobWorker worker =
        new JobWorker(
            ports.jobs().chunks(),
            eraser,
            new Discovery(ports.records(), reader, eraser, inHand, settings, clocks),
            new Previewed(ports.jobs().previewLists(), reader, eraser, inHand),
            endJobs,
            settings,
            clocks,
            telemetry);
    return new RunOffPeakDeletions(
        ports.messages(),
        new TakeJobs(
            ports.jobs().leases(),
            ports.queue(),
            ports.messages(),
            settings,
            clocks,
            ports.outages(),
            telemetry.log()),
        new JobUpkeep(
            ports.jobs().sweeps(),
            ports.jobs().chunks(),
            ports.queue(),
            settings,
            clocks,
            telemetry.log()),
        new Waiting(
            ports.holds(),
            new ResumeJobs(
                ports.jobs().sweeps(), ports.holds(), ports.queue(), settings, telemetry.log()),
            inHand),
        new TryJobs(worker, endJobs, ports.outages(), settings, clocks, telemetry.log()),
        settings,
        clocks,
        telemetry);
  }
}
