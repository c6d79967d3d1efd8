package conversations.deletion.client.command;

import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.Preview;
import conversations.deletion.client.api.PreviewedConversation;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.view.PreviewText;
import conversations.deletion.client.view.Screen;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "preview",
    description = {
      "Shows what a job would delete, of conversations or of a channel user: counts, the largest",
      "conversations, and what it costs. Nothing is deleted."
    })
final class MakePreview implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private ApiOptions api;
  @Mixin private AskedOptions asked;
  @Mixin private KeyOption key;
  @Mixin private WaitOptions waiting;

  @Option(
      names = "--largest",
      paramLabel = "N",
      description =
          "How many of the largest conversations are shown; 10 by default. To find them, all pages"
              + " of the list are read; with 0 none is.")
  private int largest = 10;

  MakePreview(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    if (largest < 0) {
      throw new Failure(ExitStatus.USAGE, "--largest must be 0 or more", "Give another number.");
    }
    try (Api service = deletions.api(api)) {
      ApiAnswer answer =
          new PreviewRun(deletions, service, waiting).completed(asked, key.text(), key.text());
      Preview preview = answer.preview();
      Screen screen = deletions.screen();
      screen.showPreview(answer.text(), () -> preview);
      if (!screen.isJson()) {
        showLargest(service, preview, screen);
        next(preview).forEach(screen::tell);
      }
      return ExitStatus.OK.code();
    }
  }

  private void showLargest(Api service, Preview preview, Screen screen) {
    long total = preview.result().conversations();
    if (largest == 0 || total == 0) {
      return;
    }
    screen.tell("");
    List<PreviewedConversation> found =
        new LargestConversations(
                query -> service.previewedConversations(preview.previewId(), query),
                screen,
                deletions.surroundings().pause())
            .find(largest, total);
    screen.tell(
        found.size() < total
            ? "The %d largest of %d conversations:".formatted(found.size(), total)
            : "The conversations, the largest first:");
    PreviewText.table(found).forEach(screen::tell);
  }

  private static List<String> next(Preview preview) {
    return preview.result().conversations() == 0
        ? List.of("", "A job would find nothing to delete.")
        : List.of(
            "",
            "To list all of them: deletions conversations " + preview.previewId(),
            "Nothing is deleted yet. To delete this and nothing else, of the same service and bot:",
            "deletions submit --preview=" + preview.previewId());
  }
}
