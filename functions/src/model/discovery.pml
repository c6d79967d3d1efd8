/*
 * A channel user's job between two off-peak workers: its conversations are found by an index that
 * lags behind the table, in passes, and every find becomes a chunk. Up to FAULTS faults befall it: a
 * worker dies, stands still past its lease, or a delete takes effect late. What is done within a
 * conversation is in job.pml; here each has one record. README.md beside this file says which class
 * each part stands for.
 */

/* Every takeover adds an empty chunk, and every conversation is found once. */
#define CHUNKS (FAULTS + 3)

/* In the index, a page of its own each, the second comes before the first. */
#define EARLY 1
#define LATE_IN_INDEX 2
#define ALL 3

#define SIZE(set) (((set) & 1) + (((set) >> 1) & 1))
#define WITHOUT(set, others) ((set) & (ALL - (others)))

/* The records table, and the index: the second conversation is not in it yet. */
byte records = ALL;
byte index = EARLY;
bool heard;
bool settled;

/* The job item. */
bool leased;
byte fence;
byte counted;
bool ended;

/* The chunks; a fence of 0: there is none of that number. */
byte chunkFence[CHUNKS];
byte holds[CHUNKS];
byte planned[CHUNKS];
byte finished[CHUNKS];
byte gone[CHUNKS];
byte upTo[CHUNKS];

/* What happens outside, and what only an onlooker knows. */
byte faults;
bool holderDied;
byte inFlight;

inline allPlanned(all) {
  byte j = 0;
  all = 0;
  do
  :: j < CHUNKS -> all = all | planned[j]; j++
  :: else -> break
  od;
  j = 0
}

inline mayDie() {
  if
  :: true
  :: faults < FAULTS ->
     faults++;
     if :: mine == fence && leased -> holderDied = true :: else fi;
     goto idle
  fi
}

/* JobLeases.save. */
inline saveJob() {
  if
  :: mine == fence -> leased = true; counted = total
  :: else -> goto idle
  fi
}

#ifdef NO_CHUNK_FENCE
#define HOLDS_CHUNK true
#else
#define HOLDS_CHUNK (chunkFence[number] <= mine)
#endif

/* JobChunks.put: the whole chunk at once, on the condition of its fence. */
inline putChunk() {
  assert(number < CHUNKS);
  if
  :: HOLDS_CHUNK ->
     chunkFence[number] = mine;
     holds[number] = here;
     planned[number] = plan;
     finished[number] = (plan == 0 -> here : 0);
     gone[number] = found
  :: else -> goto idle
  fi
}

active [2] proctype Worker() {
  byte mine, last, i, after, waiting, total;
  byte number, here, plan, found, seen, all;
  bool wasSettled, foundAny, isLater, isFirstPass;

idle:
  atomic {
    mine = 0; last = 0; i = 0; after = 0; waiting = 0; total = 0;
    number = 0; here = 0; plan = 0; found = 0; seen = 0; all = 0;
    wasSettled = false; foundAny = false; isLater = false; isFirstPass = true
  };
  /* JobLeases.lease. */
  if
  :: atomic { !leased && !ended -> leased = true; fence++; mine = fence; holderDied = false; mayDie() }
  :: atomic { ended -> goto stop }
  fi;

load:
  /* JobProgress.sumUp: chunk by chunk; one with work is claimed and read in one call. */
  atomic { last = 0; i = 0; after = 0; waiting = 0; total = 0 };
  do
  :: atomic { i < CHUNKS && chunkFence[i] != 0 ->
       if :: chunkFence[i] > mine -> goto idle :: else fi;
#ifndef NO_CLAIM
       if :: mine > 1 && holds[i] != finished[i] -> chunkFence[i] = mine :: else fi;
#endif
       total = total + gone[i];
       if :: upTo[i] != 0 -> after = upTo[i] :: else fi;
       if :: holds[i] != finished[i] -> waiting = waiting | (1 << i) :: else fi;
       i++;
       last = i;
       mayDie() }
  :: atomic { i == CHUNKS || chunkFence[i] == 0 -> break }
  od;
  /* JobProgress.isFencedOff: an empty chunk at the end, or somebody added one meanwhile. */
  if
  :: atomic { mine > 1 ->
       assert(last < CHUNKS);
       if
       :: chunkFence[last] == 0 -> chunkFence[last] = mine; upTo[last] = after; last++; mayDie()
       :: else -> goto load
       fi }
  :: else
  fi;

  /* JobWorker.deleteAll: what an earlier worker left. */
  i = 0;
resume:
  if
  :: atomic { waiting != 0 ->
       do :: (waiting & (1 << i)) == 0 -> i++ :: else -> break od;
       waiting = waiting & (255 - (1 << i));
       number = i;
       here = holds[i]; plan = planned[i]; found = gone[i];
       /* A consistent look, as deletes may have been sent. */
       total = total - found;
       seen = records & here;
       found = found + SIZE(WITHOUT(plan, seen));
       plan = seen;
       total = total + found;
       isLater = false }
  :: atomic { waiting == 0 -> here = 0; isLater = false; goto pass }
  fi;
  goto plans;

pass:
  atomic { wasSettled = settled; foundAny = false };
page:
  /*
   * JobWorker.pass: the next page of the index, then a look at what it names: an old one in the
   * first pass of the job's first worker, which meets nothing that the job has deleted. The first
   * pass goes on where the last chunk ended, which a later pass may have left far from the end.
   */
  atomic {
    number = last; found = 0; plan = 0; here = 0;
    if
    :: after < 1 && (index & LATE_IN_INDEX) -> here = LATE_IN_INDEX; after = 1
    :: else ->
       if
       :: after < 2 && (index & EARLY) -> here = EARLY; after = 2
       :: else -> after = 0; goto passed
       fi
    fi;
#ifdef OLD_LOOKS
    if :: plan = here :: plan = here & records fi;
#else
#ifdef OLD_LOOK_AT_TAKEOVER
    if :: isFirstPass -> plan = here :: plan = here & records fi;
#else
    if :: isFirstPass && mine == 1 -> plan = here :: plan = here & records fi;
#endif
#endif
    if :: plan == 0 -> here = 0; goto page :: else -> foundAny = true; isLater = true fi
  };

plans:
  atomic { putChunk(); if :: isLater -> upTo[number] = after :: else fi; if :: isLater -> last = number + 1 :: else fi; mayDie() };
  /* HeldLease.keepAlive, requireTimeToDelete; BatchWriteItem may be in flight for longer. */
  atomic {
    if :: leased && mine == fence :: else -> saveJob() fi;
    mayDie()
  };
  atomic {
    if :: leased && mine == fence :: else -> goto idle fi;
    allPlanned(all);
    assert(WITHOUT(plan & records, all) == 0);
    all = 0;
    if
    :: records = WITHOUT(records, plan)
    :: faults < FAULTS && inFlight == 0 -> faults++; inFlight = plan
    fi;
    mayDie()
  };
  /* The look after the deletes, consistent. */
  seen = records & here;
  if :: seen != 0 -> goto plans :: else fi;
  /* JobProgress.commit: the plan goes and the count comes in one write. */
  atomic {
    total = total + SIZE(plan);
    assert(total <= SIZE(ALL));
    found = found + SIZE(plan);
    plan = 0;
    putChunk();
    mayDie()
  };
  atomic { saveJob(); here = 0; found = 0; seen = 0; mayDie() };
  if :: isLater -> goto page :: else -> i = 0; goto resume fi;

passed:
#ifdef NO_SETTLING
  wasSettled = true;
#endif
  /* A whole pass, begun when the index had settled, found nothing; else wait and ask again. */
  if
  :: isFirstPass || foundAny -> isFirstPass = false; goto pass
  :: else ->
     if
     :: wasSettled -> goto end
     :: else -> if :: settled -> goto pass :: ended -> goto stop fi
     fi
  fi;

end:
  atomic {
    saveJob();
    assert(records == 0);
    assert(counted == SIZE(ALL));
    ended = true;
    leased = false
  };
  goto idle;

stop:
  skip
}

active proctype World() {
  byte all;
  do
  :: ended -> break
  /* The lease of a dead worker runs out for certain, that of one that stands still may. */
  :: atomic { leased && holderDied -> leased = false; holderDied = false }
  :: atomic { leased && !holderDied && faults < FAULTS -> faults++; leased = false }
  /* The index hears of what was written and of what was deleted, each some time later. */
  :: atomic { !heard -> heard = true; index = index | LATE_IN_INDEX }
  :: atomic { heard && !settled -> settled = true }
  :: atomic { index & EARLY && !(records & EARLY) -> index = WITHOUT(index, EARLY) }
  :: atomic { heard && index & LATE_IN_INDEX && !(records & LATE_IN_INDEX) ->
       index = WITHOUT(index, LATE_IN_INDEX) }
  :: atomic { inFlight != 0 ->
       allPlanned(all);
       assert(WITHOUT(inFlight & records, all) == 0);
       records = WITHOUT(records, inFlight);
       inFlight = 0; all = 0 }
  od
}

ltl ends { <> ended }
