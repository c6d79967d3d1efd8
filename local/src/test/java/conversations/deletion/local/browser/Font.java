package conversations.deletion.local.browser;

import java.util.Base64;

/**
 * The fonts that tests bring along, so that what fits does not depend on the installed fonts. Both
 * are free, under the licences beside them, and have Latin letters only.
 */
public enum Font {
  /** A third wider than DejaVu Sans, which is itself among the wide ones. */
  WIDE("Krona One", "krona-one"),
  /** Half as wide as DejaVu Sans. */
  NARROW("League Gothic", "league-gothic");

  private final String family;
  private final String file;

  Font(String family, String file) {
    this.family = family;
    this.file = file;
  }

  /** A script that draws all of a page's text in this font, even if the page asks for another. */
  String script() {
    // The font comes from bytes, and the style sheet from a script, because no page's policy can
    // forbid those.
    return """
        (() => {
          const bytes = Uint8Array.from(atob("%s"), (byte) => byte.charCodeAt(0));
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("*, ::before, ::after { font-family: '%s' !important }");
          document.fonts.clear();
          document.fonts.add(new FontFace("%2$s", bytes.buffer));
          document.adoptedStyleSheets = [sheet];
        })();
        """
        .formatted(
            Base64.getEncoder().encodeToString(Resources.bytes("/fonts/" + file + ".woff2")),
            family);
  }

  @Override
  public String toString() {
    return family;
  }
}
