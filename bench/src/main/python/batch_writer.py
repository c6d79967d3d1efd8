"""Deletes conversations with boto3's own helper, and prints the records deleted per second.

usage: batch_writer.py <endpoint> <table> <file with a partition key on each line>
"""

import sys
import time

import boto3
from boto3.dynamodb.conditions import Key

endpoint, name, keys = sys.argv[1:]
table = boto3.resource(
    "dynamodb",
    endpoint_url=endpoint,
    region_name="us-east-1",
    aws_access_key_id="bench",
    aws_secret_access_key="bench",
).Table(name)
conversations = open(keys).read().split()
records = 0
start = time.monotonic()
with table.batch_writer() as batch:
    for conversation in conversations:
        page = {}
        while True:
            page = table.query(
                KeyConditionExpression=Key("conversationKey").eq(conversation),
                ProjectionExpression="conversationKey, recordKey",
                **({"ExclusiveStartKey": page["LastEvaluatedKey"]} if page else {}),
            )
            for item in page["Items"]:
                batch.delete_item(Key=item)
                records += 1
            if "LastEvaluatedKey" not in page:
                break
print(records / (time.monotonic() - start))
