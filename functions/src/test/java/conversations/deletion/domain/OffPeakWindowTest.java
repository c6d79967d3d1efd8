package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OffPeakWindowTest {

  private static OffPeakWindow window(String hours, String zone) {
    return new OffPeakWindow(OffPeakHours.parse(hours), ZoneId.of(zone));
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  @Test
  void anHourBeginsAtItsFirstMomentAndEndsBeforeTheNext() {
    OffPeakWindow window = window("18-23", "UTC");

    assertThat(window.isOpenAt(at("2026-05-08T17:59:59.999999999Z"))).isFalse();
    assertThat(window.isOpenAt(at("2026-05-08T18:00:00Z"))).isTrue();
    assertThat(window.isOpenAt(at("2026-05-08T23:59:59.999999999Z"))).isTrue();
    assertThat(window.isOpenAt(at("2026-05-09T00:00:00Z"))).isFalse();
  }

  @Test
  void opensAtOnceIfItIsOpen() {
    Instant inside = at("2026-05-08T20:30:15.123Z");

    assertThat(window("18-23", "UTC").nextOpening(inside)).isEqualTo(inside);
  }

  @Test
  void severalRangesThatTouchAtMidnightAreOneWindow() {
    OffPeakWindow window = window("22-23,0-5", "UTC");

    assertThat(window.nextOpening(at("2026-05-08T12:00:00Z")))
        .isEqualTo(at("2026-05-08T22:00:00Z"));
    assertThat(window.nextClosing(at("2026-05-08T22:30:00Z")))
        .isEqualTo(at("2026-05-09T06:00:00Z"));
    assertThat(window.openingOfNextWindow(at("2026-05-09T01:00:00Z")))
        .isEqualTo(at("2026-05-09T22:00:00Z"));
  }

  @Test
  void severalRangesApartAreSeveralWindowsADay() {
    OffPeakWindow window = window("1-2,13", "UTC");

    assertThat(window.nextClosing(at("2026-05-08T02:30:00Z")))
        .isEqualTo(at("2026-05-08T03:00:00Z"));
    assertThat(window.openingOfNextWindow(at("2026-05-08T02:30:00Z")))
        .isEqualTo(at("2026-05-08T13:00:00Z"));
    assertThat(window.openingOfNextWindow(at("2026-05-08T13:30:00Z")))
        .isEqualTo(at("2026-05-09T01:00:00Z"));
  }

  @Test
  void whileItIsShutTheNextWindowIsTheOneThatOpensNext() {
    OffPeakWindow window = window("1-2,13", "UTC");

    assertThat(window.openingOfNextWindow(at("2026-05-08T05:00:00Z")))
        .isEqualTo(at("2026-05-08T13:00:00Z"));
    assertThat(window.nextClosing(at("2026-05-08T05:00:00Z")))
        .isEqualTo(at("2026-05-08T05:00:00Z"));
  }

  @Test
  void allDayNeverClosesAndCountsAsOneWindowADay() {
    OffPeakWindow window = window("*", "Europe/Berlin");
    Instant moment = at("2026-05-08T12:00:00Z");

    assertThat(window.nextOpening(moment)).isEqualTo(moment);
    assertThat(window.nextClosing(moment)).isEqualTo(Instant.MAX);
    assertThat(window.openingOfNextWindow(moment)).isEqualTo(at("2026-05-08T22:00:00Z"));
  }

  /** In Beirut, midnight itself is left out on the day of the shift. */
  @Test
  void allDayBeginsTheDayWhenItBeginsThere() {
    assertThat(window("*", "Asia/Beirut").openingOfNextWindow(at("2026-03-28T12:00:00Z")))
        .isEqualTo(at("2026-03-28T22:00:00Z"));
  }

  @Test
  void anHourThatSpringLeavesOutIsNotThere() {
    // Berlin, 29 March 2026: 02:00 becomes 03:00.
    OffPeakWindow window = window("2", "Europe/Berlin");

    assertThat(window.nextOpening(at("2026-03-29T00:59:59Z")))
        .isEqualTo(at("2026-03-30T00:00:00Z"));
    assertThat(window.nextClosing(at("2026-03-28T01:30:00Z")))
        .isEqualTo(at("2026-03-28T02:00:00Z"));
  }

  @Test
  void aWindowRoundTheHourThatSpringLeavesOutIsAnHourShorter() {
    OffPeakWindow window = window("1-4", "Europe/Berlin");

    assertThat(window.nextOpening(at("2026-03-28T12:00:00Z")))
        .isEqualTo(at("2026-03-29T00:00:00Z"));
    assertThat(window.nextClosing(at("2026-03-29T00:00:00Z")))
        .isEqualTo(at("2026-03-29T03:00:00Z"));
  }

  @Test
  void anHourThatAutumnRepeatsIsOffPeakBothTimes() {
    // Berlin, 25 October 2026: 03:00 becomes 02:00.
    OffPeakWindow window = window("2", "Europe/Berlin");

    assertThat(window.nextOpening(at("2026-10-24T23:59:59Z")))
        .isEqualTo(at("2026-10-25T00:00:00Z"));
    assertThat(window.nextClosing(at("2026-10-25T00:00:00Z")))
        .isEqualTo(at("2026-10-25T02:00:00Z"));
  }

  /** New York, 1 November 2026: 02:00 becomes 01:00, so hour 1 is repeated and then over. */
  @Test
  void aWindowThatEndsWithTheRepeatedHourEndsAfterItsRepetition() {
    OffPeakWindow window = window("0-1", "America/New_York");

    assertThat(window.nextClosing(at("2026-11-01T04:00:00Z")))
        .isEqualTo(at("2026-11-01T07:00:00Z"));
  }

  /** Lord Howe shifts by half an hour: on 5 April 2026, 02:00 becomes 01:30. */
  @Test
  void halfAnHourThatIsRepeatedIsOffPeakBothTimes() {
    OffPeakWindow window = window("1", "Australia/Lord_Howe");

    assertThat(window.nextOpening(at("2026-04-04T13:00:00Z")))
        .isEqualTo(at("2026-04-04T14:00:00Z"));
    assertThat(window.nextClosing(at("2026-04-04T14:00:00Z")))
        .isEqualTo(at("2026-04-04T15:30:00Z"));
  }

  /** Lord Howe, 4 October 2026: 02:00 becomes 02:30. */
  @Test
  void halfAnHourThatIsLeftOutShortensTheHour() {
    OffPeakWindow window = window("2", "Australia/Lord_Howe");

    assertThat(window.nextOpening(at("2026-10-03T15:00:00Z")))
        .isEqualTo(at("2026-10-03T15:30:00Z"));
    assertThat(window.nextClosing(at("2026-10-03T15:30:00Z")))
        .isEqualTo(at("2026-10-03T16:00:00Z"));
  }

  @Test
  void fullHoursOfAZoneMayLieAtOddMinutes() {
    // Kathmandu is 5:45 ahead of UTC.
    OffPeakWindow window = window("0-4", "Asia/Kathmandu");

    assertThat(window.nextOpening(at("2026-05-08T12:00:00Z")))
        .isEqualTo(at("2026-05-08T18:15:00Z"));
    assertThat(window.nextClosing(at("2026-05-08T18:15:00Z")))
        .isEqualTo(at("2026-05-08T23:15:00Z"));
  }

  @Provide
  Arbitrary<String> hours() {
    return Arbitraries.of(
        "0-5", "22-23,0-5", "2", "1-2", "23", "0-22", "1,3,5,7", "2-3,14-15", "0");
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "Asia/Kathmandu",
        "Asia/Beirut",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "Pacific/Apia",
        "Africa/Casablanca");
  }

  @Provide
  Arbitrary<Instant> moments() {
    Arbitrary<Instant> anywhere =
        Arbitraries.longs()
            .between(
                at("2025-01-01T00:00:00Z").toEpochMilli(),
                at("2028-01-01T00:00:00Z").toEpochMilli())
            .map(Instant::ofEpochMilli);
    Arbitrary<Instant> nearShifts =
        Arbitraries.of(
                "2026-03-29T01:00:00Z",
                "2026-10-25T01:00:00Z",
                "2026-03-08T07:00:00Z",
                "2026-11-01T06:00:00Z",
                "2026-04-04T15:00:00Z",
                "2026-10-03T15:30:00Z",
                "2026-03-28T22:00:00Z")
            .flatMap(
                shift ->
                    Arbitraries.longs()
                        .between(-36 * 3600, 12 * 3600)
                        .map(seconds -> at(shift).plusSeconds(seconds)));
    return Arbitraries.oneOf(anywhere, nearShifts);
  }

  /** Compares the search with a look at every minute, because no zone shifts within a minute. */
  @Property(tries = 400)
  void findsTheFirstMinuteThatLookingAtEachWouldFind(
      @ForAll("hours") String hours,
      @ForAll("zones") String zone,
      @ForAll("moments") Instant moment) {
    OffPeakWindow window = window(hours, zone);

    Instant opening = firstMinute(moment, window::isOpenAt);
    assertThat(window.nextOpening(moment)).isEqualTo(opening);
    Instant closing = firstMinute(moment, one -> !window.isOpenAt(one));
    assertThat(window.nextClosing(moment)).isEqualTo(closing);
    assertThat(window.openingOfNextWindow(moment))
        .isEqualTo(firstMinute(closing, window::isOpenAt))
        .isAfter(moment);
  }

  @Test
  void countsBackWindowsThatAreOver() {
    OffPeakWindow window = window("0-5", "UTC");
    Instant end = at("2026-05-08T06:00:00Z");

    assertThat(window.openingOfLast(1, end)).isEqualTo(at("2026-05-08T00:00:00Z"));
    assertThat(window.openingOfLast(4, end)).isEqualTo(at("2026-05-05T00:00:00Z"));
    assertThat(window.openingOfLast(4, end.minusMillis(1))).isEqualTo(at("2026-05-04T00:00:00Z"));
  }

  @Test
  void countsDaysBackWhereItNeverCloses() {
    assertThat(window("*", "Europe/Berlin").openingOfLast(4, at("2026-05-08T12:00:00Z")))
        .isEqualTo(at("2026-05-03T22:00:00Z"));
  }

  /** Apia left out 30 December 2011, but no hour of real time. */
  @Test
  void countsBackOverADateThatIsNotThere() {
    OffPeakWindow window = window("2", "Pacific/Apia");

    assertThat(window.openingOfLast(2, at("2011-12-31T00:00:00Z")))
        .isEqualTo(at("2011-12-29T12:00:00Z"));
  }

  /** A job that began to wait then had all the windows. One that began a moment later did not. */
  @Property(tries = 200)
  void isTheLatestMomentFromWhichSoManyWindowsAreOver(
      @ForAll("hours") String hours,
      @ForAll("zones") String zone,
      @ForAll("moments") Instant now,
      @ForAll @IntRange(min = 1, max = 5) int windows) {
    OffPeakWindow window = window(hours, zone);

    Instant opening = window.openingOfLast(windows, now);

    assertThat(endOfWholeWindows(window, opening, windows)).isBeforeOrEqualTo(now);
    assertThat(endOfWholeWindows(window, opening.plusMillis(1), windows)).isAfter(now);
  }

  /** When this many windows are over that opened at this moment or later. */
  private static Instant endOfWholeWindows(OffPeakWindow window, Instant from, int windows) {
    Instant moment = from;
    if (window.isOpenAt(from) && window.isOpenAt(from.minusMillis(1))) {
      moment = firstMinute(moment, one -> !window.isOpenAt(one));
    }
    for (int i = 0; i < windows; i++) {
      Instant opening = firstMinute(moment, window::isOpenAt);
      moment = firstMinute(opening, one -> !window.isOpenAt(one));
    }
    return moment;
  }

  private static Instant firstMinute(Instant moment, Predicate<Instant> predicate) {
    if (predicate.test(moment)) {
      return moment;
    }
    Instant minute = moment.truncatedTo(ChronoUnit.MINUTES);
    do {
      minute = minute.plus(Duration.ofMinutes(1));
    } while (!predicate.test(minute));
    return minute;
  }
}
