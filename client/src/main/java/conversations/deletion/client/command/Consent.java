package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.Preview;
import conversations.deletion.client.view.PreviewText;
import conversations.deletion.client.view.Screen;

/**
 * Has a person agree to what is deleted on a deployed stack.
 *
 * @param stack the stack's name
 * @param bot the bot's id
 */
record Consent(Deletions deletions, Api service, String stack, String bot) {

  /**
   * Asks the person, if there is one at a terminal.
   *
   * @param what is going to be deleted
   * @throws conversations.deletion.client.failure.Failure if the person does not agree
   */
  void to(String what) {
    confirmation()
        .require(
            "The stack %s is to delete %s of the bot %s. That can't be taken back."
                .formatted(stack, what, bot),
            "Nothing was submitted");
  }

  /**
   * Shows what a preview counts, and asks.
   *
   * @return a request for what the preview lists, so that what is deleted is what was shown
   * @throws conversations.deletion.client.failure.Failure if nobody is there to ask, the person
   *     does not agree, or there is no preview
   */
  ObjectNode toPreview(AskedOptions asked, KeyOption key, WaitOptions waiting) {
    confirmation().requireSomebody();
    Preview preview =
        new PreviewRun(deletions, service, waiting)
            .completed(asked, key.ofPreviewBefore(), key.text())
            .preview();
    Screen screen = deletions.screen();
    PreviewText.lines(preview).forEach(screen::tell);
    to("what this preview lists: " + asked.words());
    return JsonNodeFactory.instance.objectNode().put("previewId", preview.previewId());
  }

  private Confirmation confirmation() {
    return new Confirmation(deletions.surroundings().person(), deletions.screen());
  }
}
