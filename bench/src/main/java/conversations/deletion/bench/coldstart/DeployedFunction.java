package conversations.deletion.bench.coldstart;

import conversations.deletion.handler.AuthorizerHandler;
import conversations.deletion.handler.CancelDeletionJobHandler;
import conversations.deletion.handler.FindDeletionJobHandler;
import conversations.deletion.handler.ListChangeLogHandler;
import conversations.deletion.handler.ListDeletionJobsHandler;
import conversations.deletion.handler.ListJobConversationsHandler;
import conversations.deletion.handler.OffPeakHandler;
import conversations.deletion.handler.SubmitDeletionJobHandler;
import java.util.Locale;

/** A function of template.yaml, the sample event it is started with, and its bare counterpart. */
enum DeployedFunction {
  AUTHORIZER(AuthorizerHandler.class, BareFunctions.Authorize.class, "authorize"),
  SUBMIT(SubmitDeletionJobHandler.class, BareFunctions.Submit.class, "submit-by-conversation"),
  FIND(FindDeletionJobHandler.class, BareFunctions.Find.class, "find-job"),
  LIST(ListDeletionJobsHandler.class, BareFunctions.ListJobs.class, "list-jobs"),
  LIST_CONVERSATIONS(
      ListJobConversationsHandler.class,
      BareFunctions.ListConversations.class,
      "list-job-conversations"),
  CANCEL(CancelDeletionJobHandler.class, BareFunctions.Cancel.class, "cancel-job"),
  LIST_CHANGE_LOG(ListChangeLogHandler.class, BareFunctions.ListChangeLog.class, "list-change-log"),
  OFF_PEAK(OffPeakHandler.class, BareFunctions.OffPeak.class, "off-peak");

  private final Class<?> handler;
  private final Class<?> bare;
  private final String event;

  DeployedFunction(Class<?> handler, Class<?> bare, String event) {
    this.handler = handler;
    this.bare = bare;
    this.event = event;
  }

  /** The name of the class that Lambda constructs. */
  String handler() {
    return handler.getName();
  }

  /** The name of the class that makes its calls and does nothing else. */
  String bare() {
    return bare.getName();
  }

  /** The name of the file in {@code events/}, without its ending. */
  String event() {
    return event;
  }

  /** For people. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
