package conversations.deletion.local.demo;

import conversations.deletion.client.registration.Bot;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.sample.SampleConversation;
import conversations.deletion.client.sample.SampleWriter;
import conversations.deletion.local.LocalAws;
import conversations.deletion.local.demo.Cast.Part;
import conversations.deletion.local.sample.BucketCensus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The platform: it fills its table and its bucket, and counts for itself what is there. */
final class Platform {

  /** One more recording after one of each kind, so that an object is left beside a marker. */
  private static final int ATTACHMENTS_EACH = 5;

  private final LocalAws aws;
  private final Cast cast;
  private final PlatformRecords records;
  private final String bucket;

  Platform(LocalAws aws, Cast cast) {
    this.aws = aws;
    this.cast = cast;
    this.records = new PlatformRecords(aws.clients().dynamoDb());
    this.bucket = aws.template().attachmentsBucket().orElseThrow();
  }

  void register(ClientApp clientApp, String shopOwner) {
    Instant created = Instant.now().minus(Duration.ofDays(200));
    Map.of(cast.shop, shopOwner, cast.bank, "bank.owner@example.org")
        .forEach(
            (botId, owner) ->
                aws.registrations()
                    .register(new Bot(botId, cast.botName(botId), "Robin", owner, created, 2557)));
    aws.registrations()
        .register(
            clientApp,
            "Demo client app",
            Map.of(
                cast.shop, Set.of("Delete Conversations", "Hold Conversations", "Logs History")));
  }

  void fill() {
    records.create();
    write(cast.conversations());
    records.writeOrders(cast.shop, cast.subject);
    records.writeOrders(cast.shop, cast.leaver);
    cast.withAttachments().forEach(this::attach);
  }

  /** A channel user begins another conversation. */
  void begin(Part part) {
    write(List.of(part.conversation()));
    attach(part);
  }

  private void write(List<SampleConversation> conversations) {
    new SampleWriter(
            aws.clients().dynamoDb(),
            PlatformRecords.TABLE,
            aws.tableName("ChannelUsersTable"),
            InstantSource.system(),
            1,
            PlatformRecords::item)
        .write(conversations);
  }

  private void attach(Part part) {
    aws.attachments()
        .orElseThrow()
        .seed(part.conversation().botId(), List.of(part.conversationId()), ATTACHMENTS_EACH);
  }

  Stock stock() {
    return new Stock(records.census(), BucketCensus.take(aws.clients().s3(), bucket));
  }
}
