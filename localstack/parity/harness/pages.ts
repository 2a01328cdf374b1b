/** The pages of AWS that state the behaviours. Each was looked up, not remembered. */

const DOCS = 'https://docs.aws.amazon.com';

export interface Page {
  readonly url: string;
  /** By which other text its content was confirmed, when no copy of the page itself could be read. */
  readonly by?: string;
}

const page = (path: string, by?: string): Page => ({ url: `${DOCS}/${path}`, ...(by ? { by } : {}) });

/** A page that was read in AWS's own source of it, which AWS published until 2023. */
const published = (path: string): Page => page(path, "AWS's own source of the page (github.com/awsdocs)");

export const LAMBDA = {
  aliases: published('lambda/latest/dg/configuration-aliases.html'),
  asyncErrors: published('lambda/latest/dg/invocation-async.html'),
  concurrency: published('lambda/latest/dg/configuration-concurrency.html'),
  destinations: published('lambda/latest/dg/invocation-async.html'),
  invoke: published('lambda/latest/dg/invocation-sync.html'),
  lifecycle: published('lambda/latest/dg/lambda-runtime-environment.html'),
  limits: published('lambda/latest/dg/gettingstarted-limits.html'),
  retainRecords: page(
    'lambda/latest/dg/invocation-async-retain-records.html',
    'a copy of the page at a proxy (docs---aws.amazon.com)',
  ),
  nodeErrors: published('lambda/latest/dg/nodejs-exceptions.html'),
  versions: published('lambda/latest/dg/configuration-versions.html'),
  batching: page('lambda/latest/dg/invocation-eventsourcemapping.html'),
  dynamoPartial: page('lambda/latest/dg/services-ddb-batchfailurereporting.html'),
  dynamoErrors: page('lambda/latest/dg/services-dynamodb-errors.html'),
  filtering: page('lambda/latest/dg/invocation-eventfiltering.html'),
  kinesisFailures: page(
    'lambda/latest/dg/kinesis-on-failure-destination.html',
    "the same page on AWS's Chinese site, in English (docs.amazonaws.cn)",
  ),
  kinesisPartial: page('lambda/latest/dg/services-kinesis-batchfailurereporting.html'),
  scaling: page('lambda/latest/dg/lambda-concurrency.html'),
  sqsScaling: page('lambda/latest/dg/services-sqs-scaling.html'),
  sqsErrors: page('lambda/latest/dg/services-sqs-errorhandling.html'),
  sqsFiltering: page('lambda/latest/dg/with-sqs-filtering.html'),
  withKinesis: published('lambda/latest/dg/with-kinesis.html'),
  withSqs: page('lambda/latest/dg/with-sqs.html'),
};

export const SQS = {
  batch: page('botocore/latest/reference/services/sqs/client/exceptions/TooManyEntriesInBatchRequest.html'),
  deadLetters: page('AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues'),
  delay: page('AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html'),
  timers: page('AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html'),
  polling: page('AWSSimpleQueueService/latest/SQSDeveloperGuide/best-practices-setting-up-long-polling.html'),
  fifoLogic: page('AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html'),
  fifoTerms: page('AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-key-terms.html'),
  groups: page(
    'AWSSimpleQueueService/latest/SQSDeveloperGuide/interleaving-multiple-ordered-message-groups.html',
  ),
  moveTask: page('AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html'),
  redrive: page(
    'AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html',
  ),
  redriveFailures: page('AWSSimpleQueueService/latest/SQSDeveloperGuide/troubleshooting-dlq-redrive.html'),
  visibility: page('AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html'),
  visibilityChange: page(
    'AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html',
    "the same page on AWS's Chinese site, in English (docs.amazonaws.cn)",
  ),
};

export const DYNAMODB = {
  atomicCounters: published('amazondynamodb/latest/developerguide/WorkingWithItems.html'),
  cancelled: page(
    'botocore/latest/reference/services/dynamodb/client/exceptions/TransactionCanceledException.html',
  ),
  conditions: page(
    'botocore/latest/reference/services/dynamodb/client/exceptions/ConditionalCheckFailedException.html',
  ),
  consistency: page('amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html'),
  limits: published('amazondynamodb/latest/developerguide/ServiceQuotas.html'),
  paging: published('amazondynamodb/latest/developerguide/Query.Pagination.html'),
  reserved: published('amazondynamodb/latest/developerguide/ReservedWords.html'),
  sparse: page('amazondynamodb/latest/developerguide/bp-indexes-general-sparse-indexes.html'),
  streams: published('amazondynamodb/latest/developerguide/Streams.html'),
  transactions: page('amazondynamodb/latest/developerguide/transaction-apis.html'),
  ttl: page(
    'amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html',
    "the same text in AWS's CLI reference (docs.aws.amazon.com/goto/cli2)",
  ),
  ttlRecord: page('amazondynamodb/latest/APIReference/API_streams_Record.html'),
};

export const STEP_FUNCTIONS = {
  context: published('step-functions/latest/dg/input-output-contextobject.html'),
  errors: page('step-functions/latest/dg/concepts-error-handling.html'),
  fail: published('step-functions/latest/dg/amazon-states-language-fail-state.html'),
  history: page('step-functions/latest/apireference/API_HistoryEvent.html'),
  limits: published('step-functions/latest/dg/limits-overview.html'),
  map: published('step-functions/latest/dg/amazon-states-language-map-state.html'),
  parallel: published('step-functions/latest/dg/amazon-states-language-parallel-state.html'),
  redrive: page('goto/WebAPI/states-2016-11-23/RedriveExecution'),
  role: published('step-functions/latest/dg/procedure-create-iam-role.html'),
  start: published('step-functions/latest/dg/concepts-standard-vs-express.html'),
  structure: published('step-functions/latest/dg/amazon-states-language-state-machine-structure.html'),
  succeed: published('step-functions/latest/dg/amazon-states-language-succeed-state.html'),
  task: published('step-functions/latest/dg/amazon-states-language-task-state.html'),
  tokens: published('step-functions/latest/dg/connect-to-resource.html'),
  transform: page('step-functions/latest/dg/transforming-data.html'),
  variables: page('step-functions/latest/dg/workflow-variables.html'),
};

export const DYNAMODB_ITEMS = {
  batchGet: page(
    'amazondynamodb/latest/APIReference/API_BatchGetItem.html',
    "the same text in AWS's .NET reference (docs.aws.amazon.com/sdkfornet)",
  ),
  paths: page('amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html'),
};

export const IAM = {
  deny: page('IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html'),
  executionRole: page('lambda/latest/dg/lambda-intro-execution-role.html'),
  indexes: page('amazondynamodb/latest/developerguide/iam-policy-specific-table-indexes.html'),
  leadingKeys: page(
    'amazondynamodb/latest/developerguide/specifying-conditions.html',
    "the same page on AWS's Chinese site, in English (docs.amazonaws.cn)",
  ),
};

export const EVENTBRIDGE = {
  archive: published('eventbridge/latest/userguide/eb-archive.html'),
  asyncTarget: published('lambda/latest/dg/invocation-async.html'),
  deadLetters: published('eventbridge/latest/userguide/eb-rule-dlq.html'),
  patterns: published('eventbridge/latest/userguide/eb-event-patterns-content-based-filtering.html'),
  pipes: published('eventbridge/latest/userguide/eb-pipes.html'),
  putEvents: published('eventbridge/latest/userguide/eb-putevents.html'),
  resourcePolicies: published('eventbridge/latest/userguide/eb-use-resource-based.html'),
  transform: published('eventbridge/latest/userguide/eb-transform-target-input.html'),
};

export const SCHEDULER = {
  context: page('scheduler/latest/UserGuide/managing-schedule-context-attributes.html'),
  deadLetters: page('scheduler/latest/UserGuide/configuring-schedule-dlq.html'),
  role: page('eventbridge/latest/userguide/using-eventbridge-scheduler.html'),
  types: page('scheduler/latest/UserGuide/schedule-types.html'),
};

export const SNS = {
  deadLetters: published('sns/latest/dg/sns-dead-letter-queues.html'),
  fifo: published('sns/latest/dg/fifo-topic-message-ordering.html'),
  filters: published('sns/latest/dg/sns-subscription-filter-policies.html'),
  lambda: published('sns/latest/dg/sns-message-delivery-retries.html'),
  queueAccess: published('sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html'),
  raw: published('sns/latest/dg/sns-large-payload-raw-message-delivery.html'),
};

export const REST = {
  accessLog: published('apigateway/latest/developerguide/set-up-logging.html'),
  authorizer: page(
    'apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html',
    "a copy of it, and AWS's knowledge center on 401 by a Lambda authorizer (aws.amazon.com/premiumsupport)",
  ),
  authorizerCache: page(
    'apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html',
    "AWS's knowledge center on a kept policy and other paths (api-gateway-lambda-authorization-errors)",
  ),
  authorizerOutput: page('apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html'),
  binary: page('apigateway/latest/developerguide/lambda-proxy-binary-media.html'),
  deployment: page('apigateway/latest/developerguide/updating-api.html'),
  metrics: page('apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html'),
  mock: page('apigateway/latest/developerguide/how-to-mock-integration-console.html'),
  proxy: page(
    'apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html',
    "its German and Spanish editions, and AWS's knowledge center on 502 (malformed-502-api-gateway)",
  ),
  responses: page('apigateway/latest/developerguide/supported-gateway-response-types.html'),
  throttling: page('apigateway/latest/developerguide/api-gateway-request-throttling.html'),
};

export const MONITORING = {
  alarms: published('AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html'),
  composite: published('AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html'),
  concepts: published('AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html'),
  emf: published('AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html'),
  lambdaMetrics: published('lambda/latest/dg/monitoring-metrics.html'),
  math: published('AmazonCloudWatch/latest/monitoring/Create-alarm-on-metric-math-expression.html'),
  sqsMetrics: page(
    'AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
    "the same page on AWS's Chinese site (docs.amazonaws.cn)",
  ),
  statesMetrics: published('step-functions/latest/dg/procedure-cw-metrics.html'),
};

export const LOGS = {
  functionLines: published('lambda/latest/dg/nodejs-logging.html'),
  insights: published('AmazonCloudWatch/latest/logs/AnalyzingLogData.html'),
  lambda: published('lambda/latest/dg/monitoring-cloudwatchlogs.html'),
  metricFilters: published('AmazonCloudWatch/latest/logs/MonitoringLogData.html'),
  patterns: published('AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html'),
  regex: page('AmazonCloudWatch/latest/logs/regex-expressions.html'),
  subscriber: page(
    'lambda/latest/dg/services-cloudwatchlogs.html',
    "the same page on AWS's Chinese site, in English (docs.amazonaws.cn)",
  ),
  subscriptions: published('AmazonCloudWatch/latest/logs/SubscriptionFilters.html'),
};

export const WEBSOCKET = {
  authorizer: published('apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html'),
  callback: published(
    'apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html',
  ),
  connect: published(
    'apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html',
  ),
  management: page(
    'AWSJavaSDK/latest/javadoc/com/amazonaws/services/apigatewaymanagementapi/model/package-summary.html',
  ),
  quotas: published('apigateway/latest/developerguide/limits.html'),
  responses: published('apigateway/latest/developerguide/apigateway-websocket-api-route-response.html'),
  routes: published('apigateway/latest/developerguide/websocket-api-develop-routes.html'),
  subprotocol: published('apigateway/latest/developerguide/websocket-connect-route-subprotocol.html'),
};

export const CLOUDFORMATION = {
  dependsOn: page('AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html'),
  failure: page('AWSCloudFormation/latest/UserGuide/stack-failure-options.html'),
  noUpdates: page('AWSCloudFormation/latest/UserGuide/troubleshooting.html'),
  outputs: page('AWSCloudFormation/latest/UserGuide/outputs-section-structure.html'),
  retain: page('AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html'),
  updates: page('AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html'),
};

/** What AWS keeps; on a laptop it has to outlive a stop and a start. */
export const DURABLE = {
  events: page('lambda/latest/dg/invocation-eventsourcemapping.html'),
  items: page('amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html'),
  messages: page('AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html'),
  runs: published('step-functions/latest/dg/concepts-standard-vs-express.html'),
  streams: published('amazondynamodb/latest/developerguide/Streams.html'),
};
