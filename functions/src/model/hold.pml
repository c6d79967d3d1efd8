/*
 * A hold that is placed on a conversation while a run may delete it. Whoever places it stores it,
 * raises the version of the bot's holds, and promises it for a moment ahead. The run reads the version
 * now and then, and looks the conversation up. Any process may stand still at any point while time
 * passes. README.md beside this file says which class each part stands for.
 */

/* Time, in steps of ten seconds. The clock stops after the promise has come true. */
#define GOOD 2
#define PROMISED 3
#define LAST 5

byte now;

/* The table of holds: what says that the hold is on the conversation, and the version. */
bool stored;
byte version;

/* What whoever placed it was told. */
bool promised;
byte heldFrom;

/* KnownHolds: what the run has read, and what it knows. */
byte reading;
byte lastRead = 255;
bool isKnown;
byte knownFrom;
bool noted;
byte notedReading;
bool kept;

bool ended;

active proctype Clock() {
  do
  :: now < LAST -> now++
  :: else -> break
  od
}

/* PlaceHold. */
active proctype Caller() {
  byte asked;
#ifdef VERSION_BEFORE_WHAT_IT_TELLS
  version++;
  stored = true;
  asked = now;
#else
  stored = true;
promise:
  asked = now;
  version++;
  /* A promise that takes as long as a step is made anew. */
  if
  :: now > asked -> goto promise
  :: else
  fi;
#endif
  atomic { heldFrom = asked + PROMISED; promised = true }
}

inline readVersion() {
  atomic {
    reading = reading + (version != lastRead -> 1 : 0);
    lastRead = version
  }
}

/* KnownHolds.keepKnown, by one thread of the run. */
active proctype Reader() {
  byte asked;
  byte r;
  bool found;
  do
  :: ended -> break
  :: !ended ->
#ifdef CLOCK_READ_AFTER_THE_VERSION
     readVersion();
     asked = now;
#else
     asked = now;
     readVersion();
#endif
#ifndef KNOWN_BEFORE_IT_IS_LOOKED_UP
     do
     :: noted && notedReading < reading ->
        atomic { r = reading; found = stored }
        atomic { kept = found; notedReading = r; found = false; r = 0 }
     :: else -> break
     od;
#endif
     atomic { knownFrom = asked; isKnown = true; asked = 0 }
  od
}

#ifdef USED_TOO_LONG
#define IS_GOOD isKnown
#else
#define IS_GOOD (isKnown && now - knownFrom <= GOOD)
#endif

/* Another thread: looks the conversation up, and deletes it if it is free. A kept one waits. */
active proctype Deleter() {
  byte r;
  bool found;
  isKnown;
look:
  r = reading;
  found = stored;
  atomic {
    if
#ifndef LOOKED_UP_BY_AN_OLD_VERSION
    :: r < reading -> goto look
#endif
    :: else -> noted = true; notedReading = r; kept = found; found = false; r = 0
    fi
  }
  /* A request leaves within the step in which what is known is asked. */
  atomic {
    if
    :: kept -> skip
#ifndef KEPT_IS_NOT_ASKED
    :: !kept && IS_GOOD -> assert(!(promised && now >= heldFrom))
#else
    :: IS_GOOD -> assert(!(promised && now >= heldFrom))
#endif
    fi;
    ended = true
  }
}

ltl ends { <> ended }
