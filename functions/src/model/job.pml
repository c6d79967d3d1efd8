/*
 * The life of one accepted deletion job between two off-peak workers, while up to FAULTS faults of
 * any kind befall it in any order: a worker dies, stands still past its lease, gives the job back in
 * the middle, sends too late what it planned, a message is lost or comes twice, a delete is left
 * unprocessed or takes effect late, the e-mail service fails.
 * README.md beside this file says which class each part stands for.
 *
 * The job's one conversation has a message and a session header, and a late message that the
 * platform may append as long as the header is there.
 */

#define MESSAGE 1
#define HEADER 2
#define LATE 4
#define ALL 7

#define SIZE(set) (((set) & 1) + (((set) >> 1) & 1) + (((set) >> 2) & 1))
#define WITHOUT(set, others) ((set) & (ALL - (others)))

/* The records table, and all that was ever written to it. */
byte records = MESSAGE + HEADER;
byte written = MESSAGE + HEADER;

/* The job item. A job that was given back is not in progress. */
bool leased;
bool inProgress;
byte fence;
byte counted;
bool ended;
bool closed;

/* The chunk: what is planned and not known to be gone, and how much was found gone. */
byte planned;
byte gone;
bool done;
byte chunkFence;

/* The queue. */
byte messages = 1;

/* What happens outside, and what only an onlooker knows. */
byte faults;
bool holderDied;
bool cameBack;
byte inFlight;
byte takenOverBy;
byte mails;
byte excused;
bool unmarked;

/* A worker may die after any of its calls; a new one begins in its place. */
inline mayDie() {
  if
  :: true
  :: faults < FAULTS ->
     faults++;
     if
     :: mine == fence && leased ->
        holderDied = true;
        excused = excused + unmarked;
        unmarked = false
     :: else
     fi;
     goto idle
  fi
}

#ifdef NO_FENCE
#define HOLDS_JOB true
#else
#define HOLDS_JOB (mine == fence)
#endif
#ifdef NO_CHUNK_FENCE
#define HOLDS_CHUNK true
#else
#define HOLDS_CHUNK (chunkFence <= mine)
#endif

#ifdef TAKEN_BACK_AFTER_DEATH
#define WAS_GIVEN_BACK true
#else
#define WAS_GIVEN_BACK !isTakenOver
#endif
#ifdef TAKEN_BACK_IN_PART
#define ALL_IS_THERE true
#else
#define ALL_IS_THERE (WITHOUT(plan, seen) == 0)
#endif
#ifdef WITHDRAWN_THOUGH_BEGUN
#define IS_TO_BEGIN true
#else
#define IS_TO_BEGIN !isBegun
#endif

/* JobLeases.save: on the condition of the fence, and it renews the lease. */
inline saveJob() {
  if
  :: HOLDS_JOB -> assert(mine == fence); leased = true; counted = total
  :: else -> goto idle
  fi
}

/* JobChunks.put: on the condition of the fence, the whole chunk at once. */
inline putChunk(isDone) {
  if
  :: HOLDS_CHUNK ->
     assert(mine >= takenOverBy);
     planned = plan; gone = found; done = isDone; chunkFence = mine
  :: else -> goto idle
  fi
}

inline giveBack() {
  leased = false;
  inProgress = false;
  goto idle
}

/*
 * JobWorker.handOn, TryJobs: the time is up, or something is out of reach. The worker has waited for
 * its deletes, and one of a worker that died would have to be in flight for longer than two leases.
 */
inline mayGiveBack() {
  if
  :: true
  :: HOLDS_JOB && inFlight == 0 && faults < FAULTS -> faults++; giveBack()
  fi
}

/* OwnerMail.send, accepted. */
inline sendMail() {
  assert(ended && HOLDS_JOB);
  mails++;
  assert(mails <= 1 + excused);
  unmarked = (mine == fence && leased)
}

active [2] proctype Worker() {
  byte mine, plan, found, seen, total;
  bool isTakenOver, isBegun;

idle:
  atomic {
    mine = 0; plan = 0; found = 0; seen = 0; total = 0;
    isTakenOver = false; isBegun = false
  };
  /* JobMessages.receive, JobLeases.lease: a message is kept from others, or comes again. */
  if
  :: atomic { messages > 0 ->
       if
       :: !leased && !closed ->
          leased = true; fence++; mine = fence; holderDied = false; isTakenOver = inProgress;
          mayDie()
       :: else -> messages--; goto idle
       fi }
  :: atomic { closed -> goto stop }
  fi;
  if :: ended -> isTakenOver = false; goto notify :: else fi;

  /* JobWorker.pickUp. */
  atomic {
    if :: HOLDS_JOB -> leased = true; inProgress = true :: else -> goto idle fi;
    mayDie()
  };

  /* JobProgress.load: what an earlier worker stored until its chunk is claimed is in the chunk. */
  atomic {
#ifndef NO_CLAIM
    if
    :: mine > 1 && !done ->
       if :: HOLDS_CHUNK -> chunkFence = mine :: else -> goto idle fi
    :: else
    fi;
#endif
    if :: mine > takenOverBy -> takenOverBy = mine :: else fi;
    plan = planned; found = gone;
#ifdef NO_SUM
    total = counted;
#else
    total = gone;
#endif
    mayDie()
  };
  if :: done -> goto end :: else fi;

read:
  /*
   * ConversationReader.read: an old look where nothing is planned, else a consistent one.
   * Decisions.isUntouched: a plan of which all is still there is taken back if the worker before
   * gave the job back.
   */
  atomic {
    seen = records;
    if
    :: plan != 0 && WAS_GIVEN_BACK && found == 0 && ALL_IS_THERE -> plan = 0
    :: else
    fi;
    isBegun = (plan != 0 || found != 0);
    isTakenOver = false;
    if :: plan == 0 -> seen = WITHOUT(seen, LATE) :: true fi;
    found = found + SIZE(WITHOUT(plan, seen));
#ifndef COUNT_TWICE
    plan = plan & seen;
#endif
  };
  /* Verdict.Open: it waits without a plan until its user has rested. */
  if
  :: atomic { !isBegun && !cameBack -> cameBack = true; putChunk(false); mayDie() };
     atomic { if :: HOLDS_JOB -> giveBack() :: else -> goto idle fi }
  :: true
  fi;

erase:
  atomic {
    plan = plan | seen;
#ifndef NO_PLAN
    putChunk(false);
#endif
    mayDie()
  };

  /* HeldLease.keepAlive, once half of the lease is gone. */
  atomic {
    if
    :: leased && mine == fence
    :: else -> saveJob()
    fi;
    mayDie();
    mayGiveBack()
  };
  /*
   * HeldLease.requireTimeToDelete and BatchWriteItem, all of which is over before the lease is,
   * or in flight for longer than anybody bargained for.
   */
  atomic {
#ifndef HEADER_FIRST
    if :: seen != HEADER -> seen = WITHOUT(seen, HEADER) :: else fi;
#endif
#ifndef NO_LOOK_AT_LEASE
    if :: leased && mine == fence :: else -> goto idle fi;
#endif
    /* Work.withdraw: it is too late to begin it with what was read, so it is read again. */
    if
    :: true
    :: IS_TO_BEGIN && faults < FAULTS -> faults++; plan = 0; goto read
    fi;
    isBegun = true;
    assert(mine == fence);
    assert(WITHOUT(seen & records, planned) == 0);
    assert((seen & HEADER) == 0 || (records & MESSAGE) == 0);
    if
    :: records = WITHOUT(records, seen)
    :: faults < FAULTS -> faults++
    :: faults < FAULTS && inFlight == 0 -> faults++; inFlight = seen
    fi;
    mayDie();
    mayGiveBack()
  };

  /* ConversationReader.look: consistent. */
  atomic {
#ifdef NO_LAST_LOOK
    if :: seen == HEADER -> seen = 0 :: else -> seen = records fi
#else
    seen = records
#endif
  };
  if :: seen != 0 -> goto erase :: else fi;

  /* JobProgress.commit: the plan goes and the count comes in one write; then the job's counts. */
  atomic {
    total = found + SIZE(plan);
    found = found + SIZE(plan);
    plan = 0;
    isBegun = false;
    putChunk(true);
    mayDie()
  };
  atomic { saveJob(); mayDie() };

end:
#ifdef SEND_BEFORE_END
  atomic { sendMail(); mayDie() };
#endif
  /* JobWorker.end. */
  atomic {
    saveJob();
    assert(records == 0);
    assert(counted == SIZE(written));
    ended = true;
    inProgress = false;
    mayDie()
  };

notify:
#ifdef MARK_FIRST
  atomic { if :: HOLDS_JOB -> closed = true; leased = false :: else -> goto idle fi; mayDie() };
#endif
#ifdef CONFIRM_EARLY
  atomic {
    if :: HOLDS_JOB -> leased = true :: else -> goto idle fi;
    mayDie()
  };
#endif
  /* NotifyOwner. */
  atomic {
#ifndef CONFIRM_EARLY
    if :: HOLDS_JOB -> leased = true :: else -> goto idle fi;
#endif
    if
    :: sendMail(); mayDie()
    :: faults < FAULTS -> faults++; leased = false; goto idle
    fi
  };
  atomic {
    if
    :: HOLDS_JOB ->
       assert(mine == fence && mails > 0);
       closed = true; leased = false; unmarked = false
    :: else -> goto idle
    fi;
    if :: messages > 0 -> messages-- :: else fi
  };
  goto idle;

stop:
  assert(mails > 0)
}

inline runOut() {
  leased = false;
  holderDied = false;
  excused = excused + unmarked;
  unmarked = false
}

active proctype World() {
  do
  :: closed -> break
#ifndef NO_EXPIRY
  /* The lease of a dead worker runs out for certain, that of one that stands still may. */
  :: atomic { leased && holderDied -> runOut() }
#endif
  :: atomic { leased && !holderDied && faults < FAULTS -> faults++; runOut() }
  :: atomic { messages > 0 && faults < FAULTS -> faults++; messages-- }
  :: atomic { messages == 1 && faults < FAULTS -> faults++; messages++ }
#ifndef NO_SWEEP
  /* RunOffPeakDeletions.sweep. */
  :: atomic { !leased && !closed && messages == 0 -> messages++ }
#endif
  :: atomic { (records & HEADER) && !(written & LATE) ->
       records = records | LATE; written = written | LATE }
  :: atomic { inFlight != 0 ->
       assert(WITHOUT(inFlight & records, planned) == 0);
       records = WITHOUT(records, inFlight);
       inFlight = 0 }
  od
}

/* Accepted means done. */
ltl ends { <> closed }
