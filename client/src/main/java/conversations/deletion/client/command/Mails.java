package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.service.LocalTarget;
import conversations.deletion.client.service.StackTarget;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
    name = "mails",
    description = "Shows the mails that the service on this machine sent, oldest first.")
final class Mails implements Callable<Integer> {

  private final Deletions deletions;

  Mails(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    ApiAnswer answer =
        switch (deletions.target()) {
          case LocalTarget local -> local.controls().mails();
          case StackTarget stack ->
              throw new Failure(
                  ExitStatus.USAGE,
                  "The mails of stack %s went to the bots' owners, and were not kept"
                      .formatted(stack.name()),
                  "To see whether a job's mail was sent, use deletions status.");
        };
    deletions.screen().show(answer.text(), () -> lines(answer.array()));
    return ExitStatus.OK.code();
  }

  private static List<String> lines(List<JsonNode> mails) {
    return mails.isEmpty()
        ? List.of("No mails were sent.")
        : mails.stream().flatMap(Mails::ofOne).toList();
  }

  private static Stream<String> ofOne(JsonNode mail) {
    Stream<String> heading =
        Stream.of(
            "Sent     " + mail.path("sentAt").asText(),
            "To       "
                + String.join(", ", mail.path("to").valueStream().map(JsonNode::asText).toList()),
            "Subject  " + mail.path("subject").asText(),
            "");
    return Stream.of(heading, mail.path("text").asText().lines(), Stream.of(""))
        .flatMap(lines -> lines);
  }
}
