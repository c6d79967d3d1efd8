package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.HoldReads.HoldPage;
import conversations.deletion.application.port.HoldSweeps;
import conversations.deletion.application.port.Holds;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.Hold.Release;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.HoldsOfBot.Standing;
import conversations.deletion.domain.StandingHold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of the ports to holds promises. */
public abstract class HoldsContract {

  protected static final Instant NOW = Instant.parse("2026-05-08T14:00:00.123Z");
  protected static final Instant HELD_FROM = NOW.plusSeconds(30);
  private static final Instant WINDOW = Instant.parse("2026-05-09T00:00:00Z");
  private static final Instant REVIEW_AT = NOW.plus(Duration.ofDays(90));
  private static final ClientAppId CLIENT_APP = new ClientAppId("contract");
  private static final ConversationId CONVERSATION = new ConversationId("c-1");
  private static final ConversationId ANOTHER = new ConversationId("c-2");
  private static final ChannelUserId USER = new ChannelUserId("u-1");

  protected final BotId bot = new BotId("st-" + UUID.randomUUID());

  protected abstract Holds holds();

  protected abstract HoldLooks looks();

  protected abstract HoldSweeps sweeps();

  /** The first step of a release, by a caller that dies then. */
  protected abstract void releaseInPart(Hold released, Optional<ChangeLogEntry> entry);

  /** The entries of the bot's change log, the first one first. */
  protected abstract List<ChangeLogEntry> changeLog();

  private static HoldRequest of(HoldTarget target) {
    return new HoldRequest(target, new HoldReason("Case 4711, Büro 7"), Optional.empty(), false);
  }

  private static HoldRequest inConfidence(HoldTarget target) {
    return new HoldRequest(target, new HoldReason("An inquiry"), Optional.empty(), true);
  }

  private static HoldRequest toReview(HoldTarget target) {
    return new HoldRequest(target, new HoldReason("A claim"), Optional.of(REVIEW_AT), false);
  }

  private static HoldTarget conversations() {
    return new HeldConversations(List.of(CONVERSATION, ANOTHER));
  }

  private static HoldTarget user() {
    return new HeldChannelUser(USER);
  }

  private Hold hold(String id, HoldRequest request) {
    return Hold.placed(bot, new HoldId(id), request, NOW, CLIENT_APP);
  }

  /** A hold of two conversations that is not stored. */
  protected Hold unplaced(String id) {
    return hold(id, of(conversations()));
  }

  /** A hold of another conversation that is not stored. */
  protected Hold onAnotherConversation(String id) {
    return hold(id, of(new HeldConversations(List.of(new ConversationId("c-3")))));
  }

  /** Stores a hold that is not promised yet. */
  private Hold add(String id, HoldRequest request) {
    Hold hold = hold(id, request);
    assertThat(holds().add(hold)).isEmpty();
    return hold;
  }

  private Hold promise(Hold hold) {
    assertThat(holds().promise(hold, HELD_FROM, Optional.of(ChangeLogEntry.placed(hold)))).isTrue();
    return hold.heldFrom(HELD_FROM);
  }

  protected Hold place(String id) {
    return place(id, of(conversations()));
  }

  private Hold place(String id, HoldRequest request) {
    return promise(add(id, request));
  }

  protected static Hold released(Hold hold) {
    return releasedUntil(hold, WINDOW);
  }

  private static Hold releasedUntil(Hold hold, Instant until) {
    return hold.released(new Release(NOW.plusSeconds(60), CLIENT_APP, until));
  }

  private Hold release(Hold hold) {
    return holds().release(released(hold), Optional.of(ChangeLogEntry.released(released(hold))));
  }

  protected HoldsOfBot standing() {
    return looks().find(bot);
  }

  private List<StandingHold> on(ConversationId conversation, Instant now) {
    return looks().on(bot, new HoldKey.OfConversation(conversation), now);
  }

  private List<StandingHold> onUser(BotId one) {
    return looks().on(one, new HoldKey.OfUser(ChannelUserTag.of(one, USER)), NOW);
  }

  private static StandingHold open(Hold hold) {
    return new StandingHold(hold.id(), false, Optional.empty());
  }

  private List<Hold> due(Instant now) {
    return sweeps().due(now).filter(hold -> hold.bot().equals(bot)).toList();
  }

  @Test
  void nothingIsHeldOfABotThatNeverHadAHold() {
    assertThat(standing()).isEqualTo(HoldsOfBot.NONE);
    assertThat(on(CONVERSATION, NOW)).isEmpty();
    assertThat(onUser(bot)).isEmpty();
    assertThat(holds().list(bot, Optional.empty(), 10))
        .isEqualTo(new HoldPage(List.of(), Optional.empty()));
  }

  @Test
  void aHoldIsFoundAsItWasPlaced() {
    for (HoldRequest request :
        List.of(of(conversations()), inConfidence(user()), toReview(conversations()))) {
      Hold hold = add("h-" + UUID.randomUUID(), request);
      assertThat(holds().find(bot, hold.id())).contains(hold);
      assertThat(holds().find(bot, promise(hold).id())).contains(hold.heldFrom(HELD_FROM));
    }
  }

  @Test
  void aHoldOfAnotherBotIsAsGoodAsNotThere() {
    Hold hold = place("h-1", of(user()));
    BotId other = new BotId("st-" + UUID.randomUUID());
    assertThat(holds().find(other, hold.id())).isEmpty();
    assertThat(holds().list(other, Optional.empty(), 10).holds()).isEmpty();
    assertThat(looks().find(other)).isEqualTo(HoldsOfBot.NONE);
    assertThat(onUser(other)).isEmpty();
    assertThat(onUser(bot)).containsExactly(open(hold));
  }

  @Test
  void aHoldIsOnEachOfItsConversationsAndOnNoOther() {
    Hold hold = place("h-1");
    assertThat(on(CONVERSATION, NOW)).containsExactly(open(hold));
    assertThat(on(ANOTHER, NOW)).containsExactly(open(hold));
    assertThat(on(new ConversationId("c-3"), NOW)).isEmpty();
    assertThat(onUser(bot)).isEmpty();
  }

  @Test
  void aHoldOfNinetyConversationsIsPlacedAndReleasedAsAWhole() {
    List<ConversationId> ids =
        IntStream.rangeClosed(1, HeldConversations.MAX)
            .mapToObj(number -> new ConversationId("c-%0126d".formatted(number)))
            .toList();
    Hold hold = place("h-1", of(new HeldConversations(ids)));
    assertThat(holds().find(bot, hold.id())).contains(hold);
    assertThat(ids).allSatisfy(id -> assertThat(on(id, NOW)).containsExactly(open(hold)));
    release(hold);
    assertThat(ids).allSatisfy(id -> assertThat(on(id, WINDOW)).isEmpty());
  }

  @Test
  void ofManyHoldsOnAConversationOneThatIsNotConfidentialIsAmongThoseFound() {
    for (int number = 0; number < 30; number++) {
      place("a-" + number, inConfidence(conversations()));
    }
    assertThat(on(CONVERSATION, NOW)).isNotEmpty().allMatch(StandingHold::isConfidential);
    Hold open = place("z-1");
    assertThat(on(CONVERSATION, NOW)).contains(open(open));
    release(open);
    assertThat(on(CONVERSATION, WINDOW)).isNotEmpty().allMatch(StandingHold::isConfidential);
  }

  @Test
  void aConversationIsFoundToBeHeldBehindManyHoldsThatWereReleased() {
    for (int number = 0; number < 30; number++) {
      release(place("a-" + number));
    }
    Hold last = place("z-1");
    assertThat(on(CONVERSATION, WINDOW)).containsExactly(open(last));
  }

  @Test
  void aHoldWhoseCallerDiedBeforeThePromiseIsOnItsConversationsAndCountsForNothing() {
    Hold hold = add("h-1", of(conversations()));
    assertThat(on(CONVERSATION, NOW)).containsExactly(open(hold));
    assertThat(standing()).isEqualTo(HoldsOfBot.NONE);
    assertThat(changeLog()).isEmpty();
    assertThat(holds().add(hold)).as("the same again").contains(hold);
    promise(hold);
    assertThat(standing().version()).isEqualTo(1);
    assertThat(standing().all().count()).isEqualTo(1);
    assertThat(changeLog()).containsExactly(ChangeLogEntry.placed(hold));
  }

  @Test
  void theSameIdIsStoredOnceWithTheFirstRequest() {
    Hold first = place("h-1");
    Hold second = onAnotherConversation("h-1");
    assertThat(holds().add(second)).contains(first);
    assertThat(on(new ConversationId("c-3"), NOW)).isEmpty();
    assertThat(holds().find(bot, first.id())).contains(first);
  }

  @Test
  void aPromiseCountsOnce() {
    Hold hold = add("h-1", of(conversations()));
    promise(hold);
    HoldsOfBot once = standing();
    assertThat(
            holds()
                .promise(hold, HELD_FROM.plusSeconds(9), Optional.of(ChangeLogEntry.placed(hold))))
        .isFalse();
    assertThat(standing()).isEqualTo(once);
    assertThat(holds().find(bot, hold.id())).contains(hold.heldFrom(HELD_FROM));
    assertThat(changeLog()).hasSize(1);
  }

  @Test
  void aPromiseThatIsMovedHasRunsLookAnewAndCountsNoHoldTwice() {
    Hold hold = place("h-1", of(user()));
    HoldsOfBot before = standing();
    Instant later = HELD_FROM.plusSeconds(40);
    assertThat(holds().promise(hold, later, Optional.empty())).isTrue();
    assertThat(holds().promise(hold, later, Optional.empty())).as("as seen before").isFalse();
    assertThat(holds().find(bot, hold.id())).contains(hold.heldFrom(later));
    assertThat(standing())
        .isEqualTo(
            new HoldsOfBot(
                before.version() + 1, before.all(), before.onUsers(), before.openOnUsers()));
  }

  @Test
  void countsTellHoldsOnChannelUsersAndThoseThatAreNotConfidential() {
    place("h-1");
    place("h-2", inConfidence(conversations()));
    place("h-3", of(user()));
    place("h-4", inConfidence(user()));
    assertThat(standing())
        .isEqualTo(
            new HoldsOfBot(
                4,
                new Standing(4, Instant.EPOCH),
                new Standing(2, Instant.EPOCH),
                new Standing(1, Instant.EPOCH)));
    release(hold("h-3", of(user())));
    release(hold("h-2", inConfidence(conversations())));
    assertThat(standing())
        .isEqualTo(
            new HoldsOfBot(
                6, new Standing(2, WINDOW), new Standing(1, WINDOW), new Standing(0, WINDOW)));
  }

  @Test
  void aReleasedHoldHoldsUntilTheNextWindowOpens() {
    Hold hold = release(place("h-1"));
    assertThat(holds().find(bot, hold.id())).contains(hold);
    StandingHold standing = new StandingHold(hold.id(), false, Optional.of(WINDOW));
    assertThat(on(CONVERSATION, WINDOW.minusMillis(1))).containsExactly(standing);
    assertThat(on(CONVERSATION, WINDOW)).isEmpty();
    assertThat(standing().all().isAnyAt(WINDOW.minusMillis(1))).isTrue();
    assertThat(standing().all().isAnyAt(WINDOW)).isFalse();
  }

  @Test
  void theFirstReleaseStandsAndCountsOnce() {
    Hold hold = place("h-1");
    Hold first = release(hold);
    HoldsOfBot once = standing();
    Hold later = releasedUntil(hold, WINDOW.plus(Duration.ofDays(1)));
    assertThat(holds().release(later, Optional.of(ChangeLogEntry.released(later))))
        .isEqualTo(first);
    assertThat(standing()).isEqualTo(once);
    assertThat(on(CONVERSATION, WINDOW)).isEmpty();
    assertThat(changeLog())
        .containsExactly(ChangeLogEntry.placed(hold), ChangeLogEntry.released(first));
  }

  @Test
  void theIdOfAReleasedHoldIsSpent() {
    Hold released = release(place("h-1"));
    assertThat(holds().add(unplaced("h-1"))).contains(released);
    assertThat(holds().promise(released, HELD_FROM.plusSeconds(90), Optional.empty())).isFalse();
    assertThat(on(CONVERSATION, WINDOW)).isEmpty();
  }

  @Test
  void theReleaseOfAHoldThatWasNeverPromisedLowersNoCountAndHasRunsLookAnew() {
    place("h-1");
    Hold unpromised = add("h-2", of(user()));
    HoldsOfBot before = standing();
    assertThat(release(unpromised).heldFrom()).isEmpty();
    assertThat(standing())
        .isEqualTo(
            new HoldsOfBot(
                before.version() + 1, before.all(), before.onUsers(), before.openOnUsers()));
    assertThat(holds().promise(unpromised, HELD_FROM, Optional.empty())).isFalse();
    assertThat(standing().version()).isEqualTo(before.version() + 1);
  }

  @Test
  void theOnlyHoldOfABotIsReleasedThoughItWasNeverPromised() {
    release(add("h-1", of(conversations())));
    assertThat(standing())
        .isEqualTo(new HoldsOfBot(1, Standing.NONE, Standing.NONE, Standing.NONE));
  }

  @Test
  void theMomentUntilWhichReleasedHoldsHoldNeverGoesBack() {
    Instant late = WINDOW.plus(Duration.ofDays(1));
    Hold first = place("h-1", of(user()));
    Hold second = place("h-2", of(user()));
    holds().release(releasedUntil(first, late), Optional.empty());
    holds().release(releasedUntil(second, WINDOW), Optional.empty());
    Standing released = new Standing(0, late);
    assertThat(standing()).isEqualTo(new HoldsOfBot(4, released, released, released));
  }

  @Test
  void aReleaseWhoseCallerDiedIsDueAtOnceAndSeenThroughOnce() {
    Hold hold = place("h-1", of(user()));
    Hold released = released(hold);
    assertThat(due(NOW.plus(Duration.ofDays(9)))).isEmpty();
    releaseInPart(released, Optional.of(ChangeLogEntry.released(released)));
    assertThat(standing().version()).isEqualTo(1);
    assertThat(standing().all()).as("it counts still").isEqualTo(new Standing(1, Instant.EPOCH));
    assertThat(due(released.release().orElseThrow().at())).containsExactly(released);
    sweeps().finishRelease(released);
    Standing none = new Standing(0, WINDOW);
    assertThat(standing()).isEqualTo(new HoldsOfBot(2, none, none, none));
    sweeps().finishRelease(released);
    assertThat(standing().version()).isEqualTo(2);
    assertThat(due(WINDOW)).isEmpty();
    assertThat(changeLog())
        .containsExactly(ChangeLogEntry.placed(hold), ChangeLogEntry.released(released));
  }

  @Test
  void aReleaseWhoseCallerDiedIsSeenThroughByTheSameAgain() {
    Hold hold = place("h-1");
    releaseInPart(released(hold), Optional.of(ChangeLogEntry.released(released(hold))));
    assertThat(release(hold)).isEqualTo(released(hold));
    assertThat(standing().version()).isEqualTo(2);
    assertThat(standing().all()).isEqualTo(new Standing(0, WINDOW));
    assertThat(due(WINDOW)).isEmpty();
    assertThat(changeLog()).hasSize(2);
  }

  @Test
  void aHoldIsDueForItsReviewUntilSomebodyWasToldAndStandsNevertheless() {
    Hold hold = place("h-1", toReview(conversations()));
    place("h-2");
    assertThat(due(REVIEW_AT.minusMillis(1))).isEmpty();
    assertThat(due(REVIEW_AT)).containsExactly(hold);
    sweeps().reviewed(hold);
    sweeps().reviewed(hold);
    assertThat(due(REVIEW_AT.plus(Duration.ofDays(99)))).isEmpty();
    assertThat(holds().find(bot, hold.id())).contains(hold);
    assertThat(on(CONVERSATION, REVIEW_AT)).contains(open(hold));
    assertThat(standing().all().count()).isEqualTo(2);
  }

  @Test
  void aReleasedHoldIsNotReviewed() {
    Hold hold = place("h-1", toReview(conversations()));
    release(hold);
    assertThat(due(REVIEW_AT)).isEmpty();
  }

  @Test
  void aReviewThatWasToldLateKeepsNoReleaseFromBeingSeenThrough() {
    Hold hold = place("h-1", toReview(conversations()));
    releaseInPart(released(hold), Optional.empty());
    sweeps().reviewed(hold);
    assertThat(due(REVIEW_AT)).containsExactly(released(hold));
  }

  @Test
  void holdsAreListedPageByPageInTheOrderOfTheirIdsReleasedOnesToo() {
    Hold third = place("c");
    Hold first = release(place("A", toReview(user())));
    Hold second = add("b", inConfidence(user()));
    HoldPage page = holds().list(bot, Optional.empty(), 2);
    assertThat(page).isEqualTo(new HoldPage(List.of(first, second), Optional.of(second.id())));
    assertThat(holds().list(bot, page.next(), 2))
        .isEqualTo(new HoldPage(List.of(third), Optional.empty()));
    assertThat(holds().list(bot, Optional.empty(), 3).next()).as("the last page").isEmpty();
    assertThat(holds().list(bot, Optional.of(new HoldId("z")), 3).holds()).isEmpty();
  }
}
