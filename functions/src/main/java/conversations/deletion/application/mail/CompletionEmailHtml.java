package conversations.deletion.application.mail;

import conversations.deletion.application.mail.CompletionEmail.Content;

/**
 * The HTML part of the owner's e-mail.
 *
 * <p>Mail programs drop much of CSS. So the look for light backgrounds stands in the elements
 * themselves, and the layout is made of tables. The style sheet only changes the colours for
 * readers who prefer dark ones, in programs that honour it.
 *
 * <p>Any word may break. A value floats beside its name if both have room, and below it otherwise,
 * so the e-mail works in any font and at any size. In a program that lets nothing float, both are
 * cells of a row.
 *
 * <p>There are no images, and nothing is fetched, so opening the e-mail tells no one. Styles that
 * many elements share stand once, above them, because SES takes the e-mail URL-encoded, which is a
 * good part of what a small job costs.
 */
final class CompletionEmailHtml {

  private CompletionEmailHtml() {}

  static String of(Content content) {
    Tone tone = content.tone();
    StringBuilder rows = new StringBuilder();
    content.counts().forEach((name, count) -> addRow(rows, name, "<strong>" + count + "</strong>"));
    content.facts().forEach((name, value) -> addFact(rows, name, value));
    content.times().forEach((name, moment) -> addRow(rows, name, escaped(moment)));
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%1$s</title>
        <style>
        :root{color-scheme:light dark}
        @media(prefers-color-scheme:dark){
        .back{background:#0f141b!important}
        .card{background:#18202a!important;border-color:#2c3846!important;color:#e7ecf2!important}
        th,.quiet{color:#9fadbc!important}
        .rows tr{border-color:#2c3846!important}
        h1{color:%2$s!important;background:%3$s!important}
        }
        </style>
        </head>
        <body class="back" style="margin:0;background:#f3f5f8">
        <div style="display:none;max-height:0;overflow:hidden">%6$s %7$s</div>
        <table role="presentation" class="back" width="100%%" cellpadding="16" style="background:#f3f5f8">
        <tr><td align="center">
        <table role="presentation" class="card" width="100%%" cellpadding="20" style="max-width:600px;\
        background:#fff;border:1px solid #d9dfe7;border-radius:12px;color:#17202c;\
        word-break:break-word;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif">
        <tr><td>
        <h1 style="display:inline-block;margin:0;padding:2px 12px;border-radius:16px;font-size:16px;\
        color:%4$s;background:%5$s">%1$s</h1>
        <p style="margin:16px 0 0;font-size:20px"><strong>%6$s</strong></p>
        <p style="margin:8px 0 20px">%7$s</p>
        <table class="rows" width="100%%" cellpadding="8" style="border-collapse:collapse;font-size:16px">
        %8$s</table>
        <p class="quiet" style="margin:20px 0 0;font-size:14px;color:#55616f">%9$s</p>
        </td></tr>
        </table>
        </td></tr>
        </table>
        </body>
        </html>
        """
        .formatted(
            escaped(content.headline()),
            tone.darkText(),
            tone.darkBackground(),
            tone.text(),
            tone.background(),
            escaped(content.summary()),
            escaped(content.advice()),
            rows,
            escaped(content.footer()));
  }

  private static void addRow(StringBuilder rows, String name, String value) {
    addName(rows, name, "");
    rows.append("<td align=\"right\" style=\"float:right\">").append(value).append("</td></tr>\n");
  }

  /** Adds the name above the value, because ids and sentences need a phone's whole width. */
  private static void addFact(StringBuilder rows, String name, String value) {
    addName(rows, name, " colspan=\"2\"");
    rows.append("</tr>\n<tr><td colspan=\"2\" style=\"padding-top:0\">")
        .append(OutsideText.inHtml(escaped(value)))
        .append("</td></tr>\n");
  }

  private static void addName(StringBuilder rows, String name, String span) {
    rows.append("<tr style=\"border-top:1px solid #d9dfe7\"><th scope=\"row\" align=\"left\"")
        .append(span)
        .append(" style=\"float:left;font-weight:400;color:#55616f\">")
        .append(escaped(name))
        .append("</th>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
