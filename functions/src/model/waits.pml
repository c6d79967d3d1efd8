/*
 * A job that waits for a hold, and the release of the hold. The job is looked at once a window: it goes
 * on if the version of the bot's holds is not the one that it has seen, or if it is to be looked at in
 * any case. README.md beside this file says which class each part stands for.
 */

#define WINDOWS 3

/* The table of holds. A released hold holds until a window opens. */
bool released;
bool over;
byte version = 1;

/* The job item. */
bool waits;
byte seen;
bool isLookedAt;
bool ended;

byte windows;

/* OffPeakWindow: one may open before the release. */
active proctype Windows() {
  do
  :: windows < WINDOWS && (windows == 0 || version > 1) ->
     atomic { windows++; over = released; isLookedAt = false }
  :: windows == WINDOWS || ended -> break
  od
}

/* Holds.release: what is found by is marked before the version is raised. */
active proctype Caller() {
#ifdef VERSION_BEFORE_THE_RELEASE
  version++;
  released = true
#else
  released = true;
  version++
#endif
}

/* ResumeJobs, JobWorker and WaitForHolds. */
active proctype Runs() {
  byte v;
  bool endsByItself;
  byte window;
look:
  /* KnownHolds: the version is read before the conversation is looked up. */
  v = version;
  atomic {
    if
    :: over -> goto delete
    :: else -> endsByItself = released
    fi
  }
  atomic {
#ifdef VERSION_OF_LATER_SEEN
    seen = version;
#else
#ifdef RELEASED_IS_SEEN_AS_ANY
    seen = v;
#else
    seen = (endsByItself -> 0 : v);
#endif
#endif
    waits = true
  }
  do
  :: atomic { !isLookedAt ->
       isLookedAt = true;
       if
       :: seen == 0 || seen != version -> waits = false; goto look
       :: else
       fi
     }
  od;
delete:
  /* Nothing starts in the window in which the hold was released. */
  assert(over);
  ended = true
}

ltl ends { <> ended }
