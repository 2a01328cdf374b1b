import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import {
  ArnFormat,
  CliCredentialsStackSynthesizer,
  type IStackSynthesizer,
  Lazy,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Manifest } from './manifest.ts';
import { faultsOf, type Target, targetOf } from './target.ts';

export interface SystemStackProps {
  /** The system's one name: stack, API, folder, log field, audience of its tokens. */
  readonly system: string;
}

/**
 * One system is one stack of the same name, deployable alone. Stacks share nothing through CloudFormation: what a
 * peer needs is in SSM under `/dabbawala/<system>/`.
 */
export class SystemStack extends Stack {
  readonly system: string;
  readonly target: Target;
  /** Whether faults can be armed in this city. */
  readonly faults: boolean;
  readonly manifest: Manifest;
  /** The names that its tables can have: CloudFormation ends each with characters of its own choice. */
  readonly tableNames: string[] = [];
  /**
   * Of what holds data. They go with the stack locally, where a reset is a wish; on AWS they outlive it, but for those of
   * a first deployment that failed: they are empty, and their names would be in the way of the next try.
   */
  readonly removalPolicy: RemovalPolicy;

  constructor(scope: Construct, { system }: SystemStackProps) {
    const target = targetOf(scope.node);
    super(scope, system, {
      stackName: system,
      // The emulator refuses the bootstrap roles when it checks credentials; the caller's own work on both.
      ...(target === 'local'
        ? { synthesizer: new CliCredentialsStackSynthesizer() as IStackSynthesizer }
        : {}),
    });
    this.system = system;
    this.target = target;
    this.faults = faultsOf(scope.node, target);
    this.manifest = new Manifest(this, system);
    new StringParameter(this, 'City', {
      parameterName: `${CITY_PATH}${system}`,
      description: `What ${system} consists of, for the console`,
      // What the constructs make later is in it too.
      stringValue: Lazy.string({ produce: () => this.manifest.summary }),
    });
    this.removalPolicy =
      target === 'local' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
  }

  /** The secret that this system exchanges for a service token; made here, read by callers and by identity alone. */
  clientSecret(client = this.system): Secret {
    return this.generatedSecret(`${client === this.system ? '' : client}ClientSecret`, {
      secretName: clientSecretName(client),
      description: `What ${client} shows to identity for a token`,
    });
  }

  /** A secret of 48 letters and digits, made at deployment. */
  generatedSecret(id: string, props: { readonly secretName: string; readonly description: string }): Secret {
    return new Secret(this, id, {
      ...props,
      generateSecretString: { passwordLength: 48, excludeCharacters: PUNCTUATION },
      removalPolicy: this.removalPolicy,
    });
  }

  /**
   * The ARNs that a secret of this name can have: Secrets Manager ends each with six random characters. A `Ref` would
   * do on AWS, but is the bare name on the emulator.
   */
  secretArn(name: string, ending = '-??????'): string {
    return this.formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${name}${ending}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The ARN of a function of another system: names are explicit so that nobody has to look them up. */
  functionArn(name: string): string {
    return this.formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The ARNs that its tables can have. */
  get tableArns(): readonly string[] {
    return this.tableNames.map((resourceName) =>
      this.formatArn({ service: 'dynamodb', resource: 'table', resourceName }),
    );
  }

  /** The ARN of the SSM parameter `/dabbawala/<rest>`. */
  parameterArn(rest: string): string {
    return this.formatArn({ service: 'ssm', resource: 'parameter', resourceName: `dabbawala/${rest}` });
  }

  /** The ARN of the table of armed faults, where there is one. */
  get faultsTableArn(): string {
    return this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: FAULTS_TABLE });
  }

  /** The ARN of the city's one event bus. */
  get busArn(): string {
    return this.formatArn({ service: 'events', resource: 'event-bus', resourceName: BUS_NAME });
  }
}

export const BUS_NAME = 'dabbawala';
/** Under which each system writes down what it consists of. */
export const CITY_PATH = '/dabbawala/city/';
/** The one table with a name of its own: every function of a local city looks into it, and the platform may be redeployed. */
export const FAULTS_TABLE = 'platform-faults';

/** Left out of secrets, so that a shell can carry them; the emulator does not know `excludePunctuation`. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** The name under which identity finds the secret of a client. */
export const clientSecretName = (client: string): string => `dabbawala/${client}/client`;
