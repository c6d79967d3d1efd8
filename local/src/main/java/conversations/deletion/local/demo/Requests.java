package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.local.demo.Cast.Fate;
import conversations.deletion.local.demo.Cast.Part;
import java.util.List;

/** What the client app asks for. */
final class Requests {
  private static final String UNKNOWN_CONVERSATION = "69eb0c87ec444445976a1b2c";

  private final Cast cast;

  Requests(Cast cast) {
    this.cast = cast;
  }

  List<ExpectedJob> jobs(String previewId) {
    return List.of(byIds(), byChannelUserAndDates(), byChannelUser(), byPreview(previewId));
  }

  private ExpectedJob byIds() {
    List<Part> named = cast.withFate(Fate.DELETED_BY_ID);
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    ArrayNode ids = request.putArray("conversationIds");
    named.forEach(part -> ids.add(part.conversationId()));
    ids.add(named.getFirst().conversationId());
    ids.add(UNKNOWN_CONVERSATION);
    List<Part> foreign = cast.withFate(Fate.OTHER_BOT_NAMED);
    foreign.forEach(part -> ids.add(part.conversationId()));
    return new ExpectedJob(
        "Job 1",
        "by ids (six, then the first again, an unknown one and one of the other bot)",
        "conversationIds",
        request,
        named,
        1 + foreign.size());
  }

  private ExpectedJob byChannelUserAndDates() {
    ObjectNode request =
        JsonNodeFactory.instance
            .objectNode()
            .put("cId", cast.subject)
            .put("startDate", cast.firstDay.toString())
            .put("endDate", cast.lastDay.toString());
    return new ExpectedJob(
        "Job 2",
        "by channel user, for four days",
        "cId",
        request,
        cast.withFate(Fate.DELETED_BY_USER),
        0);
  }

  private ExpectedJob byChannelUser() {
    return new ExpectedJob(
        "Job 3",
        "by channel user, all until now",
        "cId",
        JsonNodeFactory.instance.objectNode().put("cId", cast.leaver),
        cast.withFate(Fate.DELETED_WHOLLY),
        0);
  }

  private ExpectedJob byPreview(String previewId) {
    return new ExpectedJob(
        "Job 4",
        "of what the preview lists, and no other",
        "cId",
        ofPreview(previewId),
        cast.withFate(Fate.SHOWN),
        0);
  }

  /** What the preview is asked for. */
  ObjectNode toShow() {
    return JsonNodeFactory.instance.objectNode().put("cId", cast.previewed);
  }

  static ObjectNode ofPreview(String previewId) {
    return JsonNodeFactory.instance.objectNode().put("previewId", previewId);
  }

  static ObjectNode faulty() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("cId", "u e64325ed")
        .put("starDate", "2026-05-04")
        .put("startDate", "4 May 2026")
        .put("endDate", "2999-12-31");
  }
}
