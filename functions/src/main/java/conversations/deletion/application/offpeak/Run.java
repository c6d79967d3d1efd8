package conversations.deletion.application.offpeak;

/** The time that one run has, and what it knows of holds. */
record Run(RunTime time, RunHolds holds) {}
