package conversations.deletion.local.attachments;

import conversations.deletion.local.AwsRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * A request of S3 to delete several versions, of which S3 does some and answers an error to others.
 */
public final class PartialDelete {

  private static final Pattern VERSION =
      Pattern.compile(
          "<Object><Key>(?<key>.*?)</Key>(<VersionId>(?<version>.*?)</VersionId>)?</Object>",
          Pattern.DOTALL);

  private PartialDelete() {}

  /** What sends a request on. */
  @FunctionalInterface
  public interface Network {
    HttpExecuteResponse send(HttpExecuteRequest request) throws IOException;
  }

  /** Tells whether it is such a request. */
  public static boolean isOf(HttpExecuteRequest request) {
    SdkHttpRequest http = request.httpRequest();
    return http.method() == SdkHttpMethod.POST && http.rawQueryParameters().containsKey("delete");
  }

  /**
   * Sends the request without some keys, and answers an error for those.
   *
   * @param left tells of all keys, as they stand in XML, which are left
   * @param code S3's code of the error
   */
  public static HttpExecuteResponse send(
      HttpExecuteRequest request,
      Network network,
      Function<List<String>, Collection<String>> left,
      String code)
      throws IOException {
    AwsRequest asked = new AwsRequest(request);
    String body = asked.body();
    List<MatchResult> all = VERSION.matcher(body).results().toList();
    Collection<String> leftKeys = left.apply(all.stream().map(one -> one.group("key")).toList());
    List<MatchResult> refused =
        all.stream().filter(one -> leftKeys.contains(one.group("key"))).toList();
    if (refused.isEmpty()) {
      return network.send(request);
    }
    String sent = body;
    for (MatchResult one : refused) {
      sent = sent.replace(one.group(), "");
    }
    String errors =
        refused.stream()
            .map(
                one ->
                    "<Error><Key>%s</Key><VersionId>%s</VersionId><Code>%s</Code></Error>"
                        .formatted(one.group("key"), one.group("version"), code))
            .collect(Collectors.joining());
    return sent.contains("<Object>")
        ? with(errors, network.send(asked.withBody(sent)))
        : answer(errors);
  }

  private static HttpExecuteResponse with(String errors, HttpExecuteResponse response)
      throws IOException {
    if (!response.httpResponse().isSuccessful()) {
      return response;
    }
    String own =
        new String(response.responseBody().orElseThrow().readAllBytes(), StandardCharsets.UTF_8)
            .replaceFirst("(?s)^.*?<DeleteResult[^>]*>", "")
            .replace("</DeleteResult>", "");
    return answer(own + errors);
  }

  private static HttpExecuteResponse answer(String results) {
    return AwsRequest.answer(200, "<DeleteResult>" + results + "</DeleteResult>");
  }
}
