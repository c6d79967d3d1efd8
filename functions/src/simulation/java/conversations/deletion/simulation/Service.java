package conversations.deletion.simulation;

/** What a worker depends on, and what may be out of reach as a whole. */
enum Service {
  RECORDS,
  JOBS,
  CHUNKS,
  QUEUE,
  BOTS,
  MAIL
}
