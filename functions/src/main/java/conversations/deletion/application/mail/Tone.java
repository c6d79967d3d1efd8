package conversations.deletion.application.mail;

/** How good an e-mail's news are, by the colours of its headline. */
enum Tone {
  GOOD("#17713f", "#dff3e6", "#6fd79f", "#143524"),
  WARNING("#7d5200", "#fdf0d2", "#f1c163", "#3a2c0c"),
  BAD("#ab1f17", "#fde4e1", "#ff9d94", "#44201d"),
  PLAIN("#414c59", "#e8ecf1", "#cfd8e2", "#27323f");

  private final String text;
  private final String background;
  private final String darkText;
  private final String darkBackground;

  /**
   * @param text its text in light surroundings
   * @param darkText its text in dark surroundings
   */
  Tone(String text, String background, String darkText, String darkBackground) {
    this.text = text;
    this.background = background;
    this.darkText = darkText;
    this.darkBackground = darkBackground;
  }

  static Tone of(Ending ending) {
    return switch (ending) {
      case COMPLETED, NOT_ALL_THERE -> GOOD;
      case NOTHING_FOUND, PARTIALLY_COMPLETED -> WARNING;
      case FAILED -> BAD;
      case CANCELLED -> PLAIN;
    };
  }

  String text() {
    return text;
  }

  String background() {
    return background;
  }

  String darkText() {
    return darkText;
  }

  String darkBackground() {
    return darkBackground;
  }
}
