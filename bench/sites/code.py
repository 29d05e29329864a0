"""Code as documentation shows it: a handler in Python, an event, a template, commands."""

import json
from random import Random

from bench.sites.outline import Module, Page

__all__ = ["bash", "event", "handler", "inline_python", "template"]

_STEPS = (
    'logger.info({quoted}, extra={{"count": len(items)}})',
    'metrics.add(name={quoted}, unit="Count", value=len(items))',
    "items = [item for item in items if item.get({quoted})]",
    "if not items:\n        raise ValueError(f\"no {noun} in {{event['id']}}\")",
    "for item in items:\n        store.put(item, expires=timedelta(minutes={number}))",
    'with tracer.segment({quoted}) as segment:\n        segment.annotate("size", {number})',
    'totals = {{item["id"]: item.get("amount", {number}) for item in items}}',
)


def handler(page: Page, module: Module, random: Random) -> str:
    """A Lambda function that a page includes."""
    noun = page.title.rpartition(" ")[2]
    words = [f"{noun}_{random.choice(('seen', 'left', 'total', 'failed'))}" for _ in range(9)]
    steps = [
        random.choice(_STEPS).format(quoted=f'"{word}"', noun=noun, number=random.randint(1, 90))
        for word in words[: random.randint(4, 7)]
    ]
    body = "\n    ".join(steps)
    return f'''import os
from datetime import timedelta
from typing import Any

from {module.name} import {module.main}

TABLE = os.environ["TABLE_NAME"]  # (1)!
store = {module.main}(name=TABLE, limit={random.randint(10, 99)})


def read(event: dict[str, Any]) -> list[dict[str, Any]]:
    """Reads the {noun} of an event."""
    return list(event.get("Records", ()))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    items = read(event)
    {body}
    return {{"statusCode": 200, "count": len(items)}}
'''


def inline_python(module: Module, random: Random) -> str:
    """A few lines that stand in the page itself."""
    number = random.randint(2, 40)
    return (
        f"from {module.name} import {module.main}\n\n"
        f'settings = {module.main}(name="{random.choice("abcdef")}{number}", limit={number})\n'
        f"for attempt in range({random.randint(2, 5)}):\n"
        f"    if settings.check(attempt):  # stops at the first that works\n"
        f"        break\n"
    )


def event(page: Page, random: Random) -> str:
    """An event that the handler gets."""
    noun = page.title.rpartition(" ")[2]
    records = [
        {
            "messageId": f"{random.getrandbits(64):016x}",
            "body": json.dumps({"kind": noun, "amount": random.randint(1, 999)}),
            "attributes": {
                "ApproximateReceiveCount": str(random.randint(1, 4)),
                "SentTimestamp": str(random.randint(1_600_000_000_000, 1_700_000_000_000)),
            },
            "eventSource": "aws:sqs",
            "awsRegion": random.choice(("eu-west-1", "us-east-1", "ap-south-1")),
        }
        for _ in range(random.choice((1, 1, 2)))
    ]
    return json.dumps({"id": f"{random.getrandbits(32):08x}", "Records": records}, indent=2) + "\n"


def template(page: Page, random: Random) -> str:
    """A template that deploys the function."""
    name = "".join(word.capitalize() for word in page.title.split())
    return f"""AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Description: {page.title}

Globals:
  Function:
    Runtime: python3.1{random.randint(1, 4)}
    Timeout: {random.randint(3, 30)}
    MemorySize: {random.choice((128, 256, 512, 1024))}
    Environment:
      Variables:
        TABLE_NAME: !Ref {name}Table

Resources:
  {name}Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions:
        - {{AttributeName: id, AttributeType: S}}
      KeySchema:
        - {{AttributeName: id, KeyType: HASH}}
      BillingMode: PAY_PER_REQUEST
  {name}Function:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.lambda_handler
      CodeUri: src/
      Policies:
        - DynamoDBCrudPolicy: {{TableName: !Ref {name}Table}}
"""


def bash(page: Page, random: Random) -> str:
    """Commands."""
    stack = page.name.replace("_", "-")
    return (
        f"# takes about {random.randint(2, 9)} minutes\n"
        f"sam build --use-container --parallel\n"
        f"sam deploy --stack-name {stack} --guided \\\n"
        f"  --parameter-overrides Limit={random.randint(10, 99)}\n"
        f"aws lambda invoke --function-name {stack} --payload file://event.json out.json\n"
    )
