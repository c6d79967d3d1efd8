package conversations.deletion.simulation;

/** What a worker depends on, and what may be out of reach as a whole. */
enum Service {
  RECORDS,
  ATTACHMENTS,
  JOBS,
  CHUNKS,
  HOLDS,
  QUEUE,
  BOTS,
  MAIL
}
