import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.ApiResponse;
import org.openapitools.client.api.ChangeLogApi;
import org.openapitools.client.api.DeletionJobsApi;
import org.openapitools.client.model.ByChannelUser;
import org.openapitools.client.model.ByConversations;
import org.openapitools.client.model.ChangeLogEntry;
import org.openapitools.client.model.DeletionRequest;
import org.openapitools.client.model.Fault;
import org.openapitools.client.model.Job;
import org.openapitools.client.model.JobPage;
import org.openapitools.client.model.JobStatus;
import org.openapitools.client.model.Problem;
import org.openapitools.client.model.SubmittedJob;

/** Uses a client that was generated, as somebody would who has nothing but the description. */
public final class Caller {

  /** Takes the service's URL, a bot and a token. */
  public static void main(String[] arguments) throws Exception {
    String bot = arguments[1];
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    client.setRequestInterceptor(request -> request.header("auth", arguments[2]));
    DeletionJobsApi jobs = new DeletionJobsApi(client);

    ByConversations listing = new ByConversations().conversationIds(List.of("c-1", "c-2"));
    ApiResponse<SubmittedJob> submitted =
        jobs.submitDeletionJobWithHttpInfo(bot, new DeletionRequest(listing), "key");
    System.out.println(submitted.getStatusCode() + " " + submitted.getData().getStatus());
    System.out.println(submitted.getData().getSubmittedAt().toInstant());

    Job job = jobs.findDeletionJob(bot, submitted.getData().getJobId());
    System.out.println(job.getStatus() + " " + job.getResult().getTotalConversations());

    JobPage page = jobs.listDeletionJobs(bot, JobStatus.QUEUED, null, null, 10, null);
    System.out.println(page.getJobs().contains(job) + " " + page.getNextToken());

    List<ChangeLogEntry> entries =
        new ChangeLogApi(client).listChangeLog(bot, null, null, null, null);
    System.out.println(entries.getFirst().getUserId().getType());

    try {
      ByChannelUser faulty = new ByChannelUser().cId("u 1").endDate("2999-01-01");
      jobs.submitDeletionJob(bot, new DeletionRequest(faulty), null);
    } catch (ApiException refused) {
      Problem problem =
          client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
      System.out.println(problem.getStatus() + " " + problem.getTitle() + " " + problem.getType());
      System.out.println(problem.getDetail());
      for (Fault fault : problem.getErrors()) {
        System.out.println(fault.getField() + " " + fault.getCode());
      }
    }
  }

  private Caller() {}
}
