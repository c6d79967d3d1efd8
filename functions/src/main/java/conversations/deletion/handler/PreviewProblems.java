package conversations.deletion.handler;

import conversations.deletion.application.jobs.PreviewRefusal;

/** The conflicts of requests about previews. */
final class PreviewProblems {

  private static final String FIELD = "previewId";

  private PreviewProblems() {}

  static Problem notCompleted() {
    return Problem.conflict(
        "The preview is not completed.",
        new Fault(
            FIELD, "preview_not_completed", "The preview has not ended yet, or it has failed."));
  }

  static Problem expired() {
    return Problem.conflict(
        "The preview has expired.",
        new Fault(FIELD, "preview_expired", "The preview has expired. Ask for a new one."));
  }

  static Problem of(PreviewRefusal why) {
    return switch (why) {
      case UNKNOWN -> Problem.notFound();
      case NOT_COMPLETED -> notCompleted();
      case EXPIRED -> expired();
      case USED_UP -> usedUp();
      case REQUIRED -> required();
    };
  }

  private static Problem usedUp() {
    return Problem.conflict(
        "Too many jobs were made of the preview.",
        new Fault(
            FIELD,
            "preview_used_up",
            "Too many jobs were made of the preview. Ask for a new one."));
  }

  private static Problem required() {
    return Problem.conflict(
        "The channel user has so many conversations that a preview is required.",
        new Fault(
            "cId",
            "preview_required",
            "Ask for a preview first, and name it in the request by its previewId."));
  }
}
