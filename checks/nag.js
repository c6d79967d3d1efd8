// Holds the transformed templates against cdk-nag's rules. Fails on a finding that explained.js does not explain, and on
// an explanation that explains nothing any more.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { explained } from './explained.js';

const templates = { Service: 'transformed.json', Monitoring: 'transformed-monitoring.json' };

const given = {
  SenderAddress: 'deletions@platform.example',
  Stage: 'prod',
  AlarmEmail: 'operator@platform.example',
};

// With values for parameters, rules see numbers and names in place of references. Everything optional is there.
function parameters(templateFile) {
  const declared = JSON.parse(readFileSync(templateFile, 'utf8')).Parameters;
  return Object.fromEntries(
    Object.entries(declared).map(([name, parameter]) => [name, given[name] ?? parameter.Default ?? name]),
  );
}

function findings(outdir) {
  const app = new App({ outdir, analyticsReporting: false });
  for (const [name, file] of Object.entries(templates)) {
    const stack = new Stack(app, name, { env: { account: '123456789012', region: 'us-east-1' } });
    const templateFile = join(import.meta.dirname, file);
    new CfnInclude(stack, 'Template', { templateFile, parameters: parameters(templateFile) });
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const exitCode = process.exitCode;
  const { log, warn, error } = console;
  // The findings are read from the report.
  Object.assign(console, { log() {}, warn() {}, error() {} });
  try {
    app.synth();
  } catch (e) {
    if (e.name !== 'ValidationFailed') {
      throw e;
    }
  } finally {
    Object.assign(console, { log, warn, error });
    process.exitCode = exitCode;
  }
  return JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'))
    .pluginReports.filter((report) => ['AwsSolutions', 'Serverless'].includes(report.pluginName))
    .flatMap((report) => report.violations)
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, resource: constructPath.split('/').at(-1) })),
    );
}

const outdir = mkdtempSync(join(tmpdir(), 'nag-'));
try {
  const found = findings(outdir);
  const explains = ({ rule, resources }, finding) => rule === finding.rule && resources.includes(finding.resource);
  const unexplained = found.filter((finding) => !explained.some((one) => explains(one, finding)));
  const stale = explained.flatMap((one) =>
    one.resources
      .map((resource) => ({ rule: one.rule, resource }))
      .filter(({ rule, resource }) => !found.some((finding) => finding.rule === rule && finding.resource === resource)),
  );
  unexplained.forEach(({ rule, resource }) => console.error(`not explained: ${rule} at ${resource}`));
  stale.forEach(({ rule, resource }) => console.error(`explained, but not found any more: ${rule} at ${resource}`));
  console.log(`cdk-nag: ${found.length} findings, ${unexplained.length} not explained`);
  if (unexplained.length + stale.length > 0) {
    process.exitCode = 1;
  }
} finally {
  rmSync(outdir, { recursive: true });
}
