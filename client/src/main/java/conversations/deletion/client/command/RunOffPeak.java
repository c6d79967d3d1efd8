package conversations.deletion.client.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.service.LocalTarget;
import conversations.deletion.client.service.StackTarget;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

@Command(
    name = "run-off-peak",
    description = {
      "Runs the off-peak function once, now, and shows what it did.",
      "Outside the off-peak hours it deletes nothing."
    })
final class RunOffPeak implements Callable<Integer> {

  private final Deletions deletions;

  RunOffPeak(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    ApiAnswer answer =
        switch (deletions.target()) {
          case LocalTarget local -> local.controls().runOffPeak();
          case StackTarget stack -> invoke(stack);
        };
    deletions.screen().show(answer.text(), () -> lines(answer));
    return ExitStatus.OK.code();
  }

  private static ApiAnswer invoke(StackTarget stack) {
    String name = stack.output("OffPeakFunction");
    try (LambdaClient lambda = stack.aws().lambda()) {
      InvokeResponse response =
          lambda.invoke(
              request ->
                  request
                      .functionName(name)
                      .payload(SdkBytes.fromUtf8String("{\"source\":\"deletions\"}")));
      String payload = response.payload().asUtf8String();
      if (response.functionError() != null) {
        throw Failure.refused(
            ExitStatus.REFUSED,
            "The run failed (%s)".formatted(response.functionError()),
            List.of(payload),
            "See the function's log group. The next run continues the work by itself.",
            payload,
            Optional.empty());
      }
      return new ApiAnswer(payload, new ObjectMapper().readTree(payload), Optional.empty());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(ApiAnswer answer) {
    return answer.json().properties().stream()
        .map(fact -> "%-18s %s".formatted(fact.getKey(), fact.getValue().asText()))
        .toList();
  }
}
