// What DeploymentCheckFunction does, by the SDK's own clients and endpoints that answer as Lambda and CodeDeploy do.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, test } from 'node:test';

const template = JSON.parse(readFileSync(join(import.meta.dirname, 'transformed.json'), 'utf8'));
const { Code, Environment } = template.Resources.DeploymentCheckFunction.Properties;

const arn = (name, qualifier) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}:${qualifier}`;
const OK = { status: 200, body: { statusCode: 404 } };
const POLICY = { status: 200, body: { principalId: '-', policyDocument: { Statement: [] } } };

let server;
let handler;
let functions; // what each function answers, by the name that it is called by
let throttled; // how many calls are still to be throttled
let called;
let told;

function answer(request, body) {
  if (request.headers['x-amz-target']?.startsWith('CodeDeploy_')) {
    told.push({ operation: request.headers['x-amz-target'].split('.')[1], ...JSON.parse(body) });
    return { status: 200, body: {} };
  }
  const name = decodeURIComponent(request.url.match(/functions\/([^/]+)\/invocations/)[1]);
  if (throttled-- > 0) {
    return { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: {} };
  }
  called.push({ name, event: JSON.parse(body) });
  return functions[name] ?? { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: {} };
}

before(async () => {
  server = createServer(async (request, response) => {
    const { status, headers, body } = answer(request, await text(request));
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${server.address().port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    VERSIONS: [arn('Authorizer', 7), arn('Submit', 12)].join(','),
    REQUEST: Environment.Variables.REQUEST,
  });
  const exports = {};
  new Function('require', 'exports', Code.ZipFile)(createRequire(import.meta.url), exports);
  handler = exports.handler;
});

after(() => server.close());

beforeEach(() => {
  called = [];
  told = [];
  throttled = 0;
  functions = {
    [arn('Authorizer', 7)]: POLICY,
    [arn('Submit', 12)]: OK,
    [arn('Authorizer', 'live')]: POLICY,
    [arn('Submit', 'live')]: OK,
  };
  console.error = () => {};
});

const HOOK = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' };
const result = (status) => [
  {
    operation: 'PutLifecycleEventHookExecutionStatus',
    deploymentId: 'd-1',
    lifecycleEventHookExecutionId: 'e-1',
    status,
  },
];

test('a deployment goes on if each new version answers', async () => {
  await handler(HOOK);

  assert.deepEqual(called.map(({ name }) => name).sort(), [arn('Authorizer', 7), arn('Submit', 12)]);
  assert.deepEqual(told, result('Succeeded'));
});

test('a deployment waits where an account runs but a few functions at a time', async () => {
  throttled = 4;

  await handler(HOOK);

  assert.deepEqual(told, result('Succeeded'));
});

for (const [what, bad] of Object.entries({
  'answers 500': { status: 200, body: { statusCode: 500 } },
  'throws an error': {
    status: 200,
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: { errorType: 'IllegalStateException' },
  },
  'answers nothing that API Gateway understands': { status: 200, body: {} },
  'answers null': { status: 200, body: null },
  'has no snapshot': { status: 409, headers: { 'x-amzn-errortype': 'SnapStartNotReadyException' }, body: {} },
})) {
  test(`a deployment is taken back if a new version ${what}`, async () => {
    functions[arn('Submit', 12)] = bad;

    await handler(HOOK);

    assert.deepEqual(told, result('Failed'));
  });

  test(`the weekly call fails if a function ${what}`, async () => {
    functions[arn('Submit', 'live')] = bad;

    await assert.rejects(handler({}), /1 of 2 functions do not answer/);
  });
}

test('the weekly call is of the versions in use, and tells how each answered', async () => {
  assert.deepEqual(
    (await handler({})).map(({ FunctionName, status, answered }) => [FunctionName, status, answered]),
    [
      [arn('Authorizer', 'live'), 401, true],
      [arn('Submit', 'live'), 404, true],
    ],
  );
  assert.deepEqual(told, []);
});
