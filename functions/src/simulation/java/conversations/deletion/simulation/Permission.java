package conversations.deletion.simulation;

/** What a worker may do, and what it may be denied. */
enum Permission {
  READ_RECORDS(Service.RECORDS),
  ASK_INDEX(Service.RECORDS),
  DELETE_RECORDS(Service.RECORDS),
  LIST_ATTACHMENTS(Service.ATTACHMENTS),
  DELETE_ATTACHMENTS(Service.ATTACHMENTS),
  LEASE_JOBS(Service.JOBS),
  WRITE_JOBS(Service.JOBS),
  FIND_DUE_JOBS(Service.JOBS),
  READ_CHUNKS(Service.CHUNKS),
  WRITE_CHUNKS(Service.CHUNKS),
  READ_HOLDS(Service.HOLDS),
  RECEIVE_MESSAGES(Service.QUEUE),
  CHANGE_MESSAGES(Service.QUEUE),
  SEND_MESSAGES(Service.QUEUE),
  FIND_BOTS(Service.BOTS),
  SEND_MAIL(Service.MAIL);

  private final Service service;

  Permission(Service service) {
    this.service = service;
  }

  Service service() {
    return service;
  }
}
