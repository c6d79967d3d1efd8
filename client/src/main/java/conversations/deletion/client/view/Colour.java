package conversations.deletion.client.view;

import conversations.deletion.domain.JobStatus;

/** Colours of a terminal. */
enum Colour {
  RED(31),
  GREEN(32),
  YELLOW(33),
  CYAN(36);

  private final int code;

  Colour(int code) {
    this.code = code;
  }

  /** The text in this colour, by ECMA-48's Select Graphic Rendition. */
  String on(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[39m";
  }

  static Colour of(JobStatus status) {
    return switch (status) {
      case QUEUED, IN_PROGRESS -> CYAN;
      case COMPLETED -> GREEN;
      case ON_HOLD, PARTIALLY_COMPLETED, CANCELLED -> YELLOW;
      case FAILED -> RED;
    };
  }
}
