package conversations.deletion.client.command;

/** Holds as the service answers with them. */
final class Holds {

  /** A hold on three conversations that two jobs wait for. */
  static final String OF_CONVERSATIONS =
      """
      {"holdId":"case-17","conversationIds":["c-1","c-2","c-3"],"reason":"An inquiry of May",
       "reviewAt":"2026-08-06T17:00:00.000Z","confidential":false,
       "heldFrom":"2026-05-08T17:00:30.000Z",
       "waitingJobs":[{"jobId":"cdj-1","since":"2026-05-09T00:00:04.000Z"},
                      {"jobId":"cdj-2","since":"2026-05-10T00:00:04.000Z"}]}
      """;

  /** A confidential hold on a channel user that no job waits for. */
  static final String OF_USER =
      """
      {"holdId":"case-18","cId":"u-1","reason":"A complaint","confidential":true,
       "heldFrom":"2026-05-08T18:00:30.000Z","waitingJobs":[]}
      """;

  private Holds() {}

  /** The hold after its release. */
  static String released(String hold) {
    return hold.replace(
        "\"waitingJobs\"",
        "\"releasedAt\":\"2026-05-11T09:00:00.000Z\",\"holdsUntil\":\"2026-05-12T00:00:00.000Z\","
            + "\"waitingJobs\"");
  }

  /** The hold as a list shows it. */
  static String listed(String hold) {
    return hold.replaceAll("(?s),\\s*\"waitingJobs\":\\[.*\\]", "");
  }
}
