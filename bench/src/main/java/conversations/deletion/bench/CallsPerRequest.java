package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Meter;
import conversations.deletion.bench.stub.Meter.Kind;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.Tables;
import conversations.deletion.bench.stub.TimeSource;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewRef;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The calls to AWS that a warm request takes, apart from those for rate limits and for tokens that
 * are good once.
 *
 * <p>The least for a job by preview has a read of the preview: from the start, the job's status
 * tells how many conversations that lists.
 */
final class CallsPerRequest implements Measurement {

  private static final Set<String> SPARED = Set.of(Tables.RATE_LIMITS, Tables.SPENT_TOKENS);
  private static final Set<String> READS = Set.of("Query", "GetItem", "BatchGetItem");

  private final StubAws aws = new StubAws(TimeSource.REAL);
  private final BenchedEngine engine = new BenchedEngine(aws);
  private final BenchedPreviews previews = new BenchedPreviews(engine);
  private final BenchedEndpoints endpoints = new BenchedEndpoints(engine, previews);

  @Override
  public List<Figure> measure() {
    SampleUser user = aws.records().add(1, _ -> 10, _ -> Shape.KB);
    String listed = "{\"conversationIds\":[\"" + user.conversationIds().getFirst() + "\"]}";
    String whole = "{\"cId\":\"" + user.cId() + "\"}";
    String dated = "{\"cId\":\"" + user.cId() + "\",\"startDate\":\"2026-01-01\"}";
    String job = endpoints.submit(listed);
    String preview = endpoints.submitPreview(listed);
    previews.complete(new PreviewRef(BenchedEngine.BOT, new PreviewId(preview)));
    String bound = "{\"previewId\":\"" + preview + "\"}";
    endpoints.listPreview(preview);
    return List.of(
        figure("submit by conversations: writes", () -> endpoints.submit(listed), isWrite(), 1),
        figure("submit by conversations: sends", () -> endpoints.submit(listed), isSend(), 1),
        figure("submit by conversations: all", () -> endpoints.submit(listed), _ -> true, 2),
        figure("submit by cId and startDate: all", () -> endpoints.submit(dated), _ -> true, 2),
        figure("submit by cId alone: all", () -> endpoints.submit(whole), _ -> true, 3),
        figure("submit by preview: all", () -> endpoints.submit(bound), _ -> true, 3),
        figure("status: all", () -> endpoints.find(job), _ -> true, 1),
        figure(
            "preview of conversations: all", () -> endpoints.submitPreview(listed), _ -> true, 2),
        figure(
            "preview of a cId and startDate: all",
            () -> endpoints.submitPreview(dated),
            _ -> true,
            2),
        figure("preview of a cId alone: all", () -> endpoints.submitPreview(whole), _ -> true, 3),
        figure("look at a preview: all", () -> endpoints.findPreview(preview), _ -> true, 1),
        figure("list of a preview: all", () -> endpoints.listPreview(preview), _ -> true, 1));
  }

  private static Predicate<Kind> isWrite() {
    return kind -> !READS.contains(kind.operation()) && !isSend().test(kind);
  }

  private static Predicate<Kind> isSend() {
    return kind -> kind.operation().equals("SendMessage");
  }

  private Figure figure(String name, Runnable request, Predicate<Kind> which, int least) {
    Meter meter = aws.meter();
    Predicate<Kind> counted = kind -> !SPARED.contains(kind.target()) && which.test(kind);
    long before = meter.requests(counted);
    request.run();
    return new Figure(
        "calls of a warm " + name,
        meter.requests(counted) - before,
        least,
        "calls",
        1.0,
        Better.LOWER);
  }
}
