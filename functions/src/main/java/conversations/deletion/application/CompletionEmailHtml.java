package conversations.deletion.application;

import conversations.deletion.application.CompletionEmail.Content;
import conversations.deletion.domain.JobStatus;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The HTML part of the owner's e-mail.
 *
 * <p>Mail programs drop much of CSS, so the look for light backgrounds stands in the elements
 * themselves and the layout in tables; the style sheet only turns colours for readers who prefer
 * dark ones, where a program honours it. No images and nothing fetched: opening the e-mail tells
 * nobody.
 */
final class CompletionEmailHtml {

  private static final String FONT =
      "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

  /** The colours of a status: text and background for light surroundings, and a class for dark. */
  private record Tone(String text, String background, String name) {

    private static final Tone GOOD = new Tone("#17713f", "#dff3e6", "good");
    private static final Tone WARNING = new Tone("#7d5200", "#fdf0d2", "warning");
    private static final Tone BAD = new Tone("#ab1f17", "#fde4e1", "bad");
    private static final Tone PLAIN = new Tone("#414c59", "#e8ecf1", "plain");

    static Tone of(JobStatus status) {
      return switch (status) {
        case COMPLETED -> GOOD;
        case PARTIALLY_COMPLETED -> WARNING;
        case FAILED -> BAD;
        case CANCELLED, QUEUED, IN_PROGRESS -> PLAIN;
      };
    }
  }

  private CompletionEmailHtml() {}

  static String of(Content content) {
    Tone tone = Tone.of(content.status());
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>%1$s</title>
        <style>
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        @media (prefers-color-scheme: dark) {
        .back { background: #0f141b !important; }
        .card { background: #18202a !important; border-color: #2c3846 !important; }
        .text { color: #e7ecf2 !important; }
        .quiet { color: #9fadbc !important; }
        .line { border-color: #2c3846 !important; }
        .good { color: #6fd79f !important; background: #143524 !important; }
        .warning { color: #f1c163 !important; background: #3a2c0c !important; }
        .bad { color: #ff9d94 !important; background: #44201d !important; }
        .plain { color: #cfd8e2 !important; background: #27323f !important; }
        }
        </style>
        </head>
        <body class="back" style="margin:0;padding:0;background:#f3f5f8">
        <div style="display:none;max-height:0;overflow:hidden">%2$s %3$s</div>
        <table role="presentation" class="back" width="100%%" cellpadding="0" cellspacing="0" style="background:#f3f5f8">
        <tr><td align="center" style="padding:16px 8px">
        <table role="presentation" class="card" width="100%%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #d9dfe7;border-radius:12px;border-collapse:separate">
        <tr><td style="padding:24px 20px;%8$s;font-size:16px;line-height:1.5;text-align:left">
        <h1 class="%4$s" style="display:inline-block;margin:0;padding:2px 12px;border-radius:16px;font-size:16px;line-height:1.5;font-weight:600;color:%5$s;background:%6$s">%1$s</h1>
        <p class="text" style="margin:16px 0 0;font-size:20px;line-height:1.35;font-weight:600;color:#17202c">%2$s</p>
        <p class="text" style="margin:8px 0 20px;color:#17202c">%3$s</p>
        %7$s%9$s%11$s<p class="quiet" style="margin:20px 0 0;font-size:14px;color:#55616f">%10$s</p>
        </td></tr>
        </table>
        </td></tr>
        </table>
        </body>
        </html>
        """
        .formatted(
            escaped(content.headline()),
            escaped(content.summary()),
            escaped(content.advice()),
            tone.name(),
            tone.text(),
            tone.background(),
            table(content.counts(), "text-align:right;font-weight:600"),
            FONT,
            facts(content.facts()),
            escaped(content.footer()),
            table(content.times(), "text-align:right"));
  }

  private static String table(Map<String, ?> values, String style) {
    return values.entrySet().stream()
        .map(
            value ->
                """
                <tr><th scope="row" class="quiet line" style="padding:8px 12px 8px 0;border-top:1px solid #d9dfe7;text-align:left;font-weight:400;color:#55616f">%s</th>\
                <td class="text line" style="padding:8px 0;border-top:1px solid #d9dfe7;color:#17202c;%s">%s</td></tr>
                """
                    .formatted(
                        escaped(value.getKey()), style, escaped(value.getValue().toString())))
        .collect(
            Collectors.joining(
                "",
                "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\""
                    + " style=\"border-collapse:collapse;font-size:16px\">\n",
                "</table>\n"));
  }

  /** Each name above its value: ids and sentences need a phone's whole width. */
  private static String facts(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(
            fact ->
                """
                <p class="line" style="margin:0;padding:8px 0;border-top:1px solid #d9dfe7">\
                <span class="quiet" style="font-size:14px;color:#55616f">%s</span><br>\
                <span class="text" style="color:#17202c;overflow-wrap:anywhere;word-break:break-word">%s</span></p>
                """
                    .formatted(escaped(fact.getKey()), escaped(fact.getValue())))
        .collect(Collectors.joining());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
