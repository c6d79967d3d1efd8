package conversations.deletion.adapter.dynamodb;

import conversations.deletion.domain.DeletionJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads the jobs that an index names from the table of jobs, as the index lags behind. */
record JobsByKey(DynamoDbClient dynamoDb, String table) {

  /**
   * The jobs in the order of the index, by strongly consistent reads. Jobs that are gone are left
   * out.
   *
   * @param entries at most 100
   */
  List<DeletionJob> read(List<Map<String, AttributeValue>> entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    // No lambdas or streams here: they cost time at a function's cold start.
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (Map<String, AttributeValue> entry : entries) {
      keys.add(JobItems.key(JobItems.ref(entry)));
    }
    KeysAndAttributes wanted = KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
    Map<String, DeletionJob> jobsById = new HashMap<>();
    for (Map<String, AttributeValue> item : BatchReads.read(dynamoDb, Map.of(table, wanted))) {
      DeletionJob job = JobItems.read(item);
      jobsById.put(job.id().value(), job);
    }
    List<DeletionJob> inOrder = new ArrayList<>();
    for (Map<String, AttributeValue> entry : entries) {
      DeletionJob job = jobsById.get(JobItems.ref(entry).job().value());
      if (job != null) {
        inOrder.add(job);
      }
    }
    return inOrder;
  }
}
