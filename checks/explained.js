// What cdk-nag finds in the templates and is right as it is, with the reason.

const FUNCTIONS = [
  'AuthorizerFunction',
  'SubmitDeletionJobFunction',
  'FindDeletionJobFunction',
  'ListDeletionJobsFunction',
  'CancelDeletionJobFunction',
  'ListJobConversationsFunction',
  'SubmitPreviewFunction',
  'FindPreviewFunction',
  'ListPreviewConversationsFunction',
  'HoldFunction',
  'FindHoldFunction',
  'ListChangeLogFunction',
  'OffPeakFunction',
  'PreviewFunction',
  'HousekeepingFunction',
];

const WOKEN = ['OffPeakFunction', 'PreviewFunction', 'HousekeepingFunction'];

// It is called by CodeDeploy, and once a week by a schedule.
const CHECK = 'DeploymentCheckFunction';

const DEPLOYED_GRADUALLY = FUNCTIONS.filter((name) => !WOKEN.includes(name));

export const explained = [
  {
    rule: 'AwsSolutions-APIG2',
    resources: ['Api'],
    reason:
      'The functions check every field and tell all faults of a request at once; API Gateway would tell the first, in ' +
      'words of its own.',
  },
  {
    rule: 'AwsSolutions-APIG6',
    resources: ['ApiStage'],
    reason: 'Execution logs may hold tokens and bodies. Access logs, traces and metrics tell what an operator needs.',
  },
  {
    rule: 'AwsSolutions-DDB3',
    resources: ['OwnerNoticesTable', 'RateLimitsTable', 'SpentTokensTable'],
    reason: 'What they hold has expired before anyone could restore it.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    resources: ['ApiGatewayLogsRole'],
    reason: "The role is the account's, for the logs of any API in it; API Gateway checks for these permissions.",
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    resources: ['RuntimePolicy'],
    reason: 'X-Ray has no resources to name.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:<AWS::StackName>/client-app/*]',
    resources: ['AuthorizerFunctionRole'],
    reason: 'Each client app has a secret, named by its appId, and client apps come and go without a deployment.',
  },
  ...DEPLOYED_GRADUALLY.map((name) => ({
    rule: `AwsSolutions-IAM5[Resource::<${name}.Arn>:*]`,
    resources: ['DeploymentRole'],
    reason: "The versions of one function: CodeDeploy asks each new one for its concurrency, and can't be told its number.",
  })),
  ...DEPLOYED_GRADUALLY.map((name) => ({
    rule: `AwsSolutions-IAM5[Resource::<${name}.Arn>:*]`,
    resources: [`${CHECK}Role`],
    reason: 'The versions of one function: it calls each new one, and the one in use.',
  })),
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:codedeploy:<AWS::Region>:<AWS::AccountId>:deploymentgroup:<ServerlessDeploymentApplication>/*]',
    resources: [`${CHECK}Role`],
    reason: "The deployment groups of this stack's one application, which SAM names.",
  },
  ...['identity', 'configuration-set'].map((kind) => ({
    rule: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:${kind}/*]`,
    resources: ['OffPeakFunctionRole', 'HousekeepingFunctionRole'],
    reason:
      "SES asks for the sender's identity, for the configuration set that it has by default, and in the sandbox for the " +
      "recipient's. The condition on the sender's address bounds them.",
  })),
  {
    rule: 'AwsSolutions-SMG4',
    resources: ['StackSecret'],
    reason: 'Job ids are keyed with it: with another one, a request that is sent again would begin a second job.',
  },
  {
    rule: 'AwsSolutions-SQS3',
    resources: ['OffPeakScheduleDeadLetterQueue'],
    reason: "It is a dead-letter queue: the schedule's.",
  },
  {
    rule: 'Serverless-SQSRedrivePolicy',
    resources: ['DeletionDeadLetterQueue', 'OffPeakScheduleDeadLetterQueue', 'PreviewDeadLetterQueue'],
    reason: 'They are dead-letter queues.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    resources: [...FUNCTIONS, CHECK],
    reason:
      "API Gateway waits for its functions' answers. A tick that a function did not take is made up for by " +
      "the next one; what failed in a run is in its log, its metrics, and on its jobs. An alarm tells of a weekly check " +
      'that failed. A message that the preview function did not take stays in its queue, which has a dead-letter queue.',
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    resources: ['PreviewFunctionPreviews'],
    reason: 'For a queue the redrive policy of the queue does that, and this one has it.',
  },
  {
    rule: 'Serverless-LambdaAsyncFailureDestination',
    resources: ['OffPeakFunctionEventInvokeConfig', 'HousekeepingFunctionEventInvokeConfig'],
    reason: 'Ticks that the cap throttles would fill it on purpose; the next tick makes up for each.',
  },
  {
    rule: 'Serverless-SNSRedrivePolicy',
    resources: ['AlarmSubscription'],
    reason: 'An alarm that no e-mail told of still stands in CloudWatch; e-mails are not to be sent again days later.',
  },
];
