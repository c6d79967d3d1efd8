package conversations.deletion.client.command;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Previews as the service answers with them. */
final class Previews {

  static final String ACCEPTED =
      """
      {"status":"queued","previewId":"cdp-1","message":"Preview queued successfully. Nothing is deleted by it.",
       "submittedAt":"2026-05-08T17:00:00.000Z"}
      """;

  static final String COMPLETED =
      """
      {"previewId":"cdp-1","status":"completed","requestType":"cId",
       "submittedAt":"2026-05-08T17:00:00.000Z","completedAt":"2026-05-08T17:00:04.000Z",
       "expiresAt":"2026-05-09T17:00:04.000Z",
       "startDate":"2026-05-01T00:00:00.000Z","endDate":"2026-05-08T17:00:00.000Z",
       "result":{"conversations":11,"records":713,"attachments":24,"bytes":1843200,"retained":40,
         "open":1,"failing":2,"notFound":0,"beforeStart":3,
         "firstStartedAt":"2026-05-01T08:00:00.000Z","lastStartedAt":"2026-05-04T19:12:40.100Z",
         "estimate":{"writeUnits":{"least":1713,"most":2140},"listings":{"least":12,"most":24},
           "costUsd":{"least":"0.0011","most":"0.0014"},"seconds":3,"windows":1}}}
      """;

  private Previews() {}

  /** A preview in this status that has counted so many. */
  static String counted(String status, long conversations) {
    return """
    {"previewId":"cdp-1","status":"%s","requestType":"cId",
     "submittedAt":"2026-05-08T17:00:00.000Z",
     "result":{"conversations":%d,"records":%d,"attachments":0,"bytes":0,"retained":0,
       "open":0,"failing":0,"notFound":0}}
    """
        .formatted(status, conversations, conversations * 10);
  }

  /** A preview that failed for this reason. */
  static String failed(String reason) {
    return counted("failed", 5)
        .replace("\"status\"", "\"reason\":\"%s\",\"status\"".formatted(reason));
  }

  /** A page of a list: conversations of these sizes, each named by its size. */
  static String page(IntStream bytes, String nextToken) {
    return bytes
        .mapToObj(
            size ->
                """
                {"conversationId":"c-%d","startedAt":"2026-05-01T08:00:00.000Z","records":3,
                 "attachments":0,"bytes":%d,"open":false}
                """
                    .formatted(size, size))
        .collect(
            Collectors.joining(
                ",",
                "{\"previewId\":\"cdp-1\",\"conversations\":[",
                nextToken.isEmpty() ? "]}" : "],\"nextToken\":\"" + nextToken + "\"}"));
  }

  /** A problem document with this code. */
  static String problem(int status, String code) {
    return """
    {"title":"Title","status":%d,"detail":"Detail.",
     "errors":[{"field":"previewId","code":"%s","message":"Message."}]}
    """
        .formatted(status, code);
  }

  /** The lines with one bar between columns. */
  static List<String> columns(String out) {
    return out.lines().map(line -> line.replaceAll("(?<=\\S) {2,}", " | ")).toList();
  }
}
