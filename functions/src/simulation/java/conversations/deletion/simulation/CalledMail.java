package conversations.deletion.simulation;

import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ClientAppNames;
import conversations.deletion.application.port.OwnerMail;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.simulation.Calls.CallFailedException;
import conversations.deletion.simulation.Calls.DeniedException;
import java.util.Optional;

/** The e-mail service and what an e-mail needs to know, as a worker calls them. */
final class CalledMail implements OwnerMail, Bots, ClientAppNames {

  private final Worker worker;
  private final World world;
  private final Calls calls;

  CalledMail(Worker worker, World world, Calls calls) {
    this.worker = worker;
    this.world = world;
    this.calls = calls;
  }

  @Override
  public Optional<Bot> find(BotId bot) {
    return calls.call(
        Permission.FIND_BOTS,
        "find bot",
        () -> Optional.of(new Bot(bot, Optional.of("Bot"), Optional.of("owner@bots.example"))));
  }

  @Override
  public Optional<String> find(ClientAppId clientApp) {
    return calls.call(Permission.FIND_BOTS, "find client app", () -> Optional.of("Client app"));
  }

  /**
   * The engine has just confirmed its lease, so half of it is left. A call lasts no longer than
   * that.
   */
  @Override
  public void send(Email email) {
    JobRef job = worker.lease().job();
    world.promises.mails().handedOver(worker);
    calls.pass(world.weather.ofCall());
    if (world.weather.strikes(Fault.MAIL_FAILED)) {
      throw new MailFailedException("unavailable", null);
    }
    requireNoOutage();
    world.promises.mails().accepted(job);
    calls.note("mail");
    calls.pass(world.weather.ofCall());
    calls.pauseOrDie();
    if (world.weather.strikes(Fault.MAIL_ANSWER_LOST)) {
      world.promises.mails().unanswered(job);
      throw new NoAnswerException(null);
    }
  }

  /** A service that is out of reach is not reached at all, so the e-mail was certainly not sent. */
  private void requireNoOutage() {
    try {
      calls.requireNoOutage(Permission.SEND_MAIL, "mail");
    } catch (CallFailedException e) {
      throw new MailFailedException("unavailable", e);
    } catch (DeniedException e) {
      throw new MailFailedException("denied", e);
    }
  }
}
