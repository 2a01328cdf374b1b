import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { routes } from '../functions/identity/contract.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { HouseTable } from './constructs/house-table.ts';
import { HouseApi } from './constructs/rest-api.ts';
import { clientSecretName, SystemStack } from './constructs/system-stack.ts';

const SIGNING_KEY = 'dabbawala/identity/signing-key';

/** Who is who: exchanges secrets for short-lived tokens, and publishes the key that verifies them. */
export class IdentityStack extends SystemStack {
  constructor(scope: Construct) {
    super(scope, { system: 'identity' });

    // The private half of the key is made by the first function that needs it; until then the secret is a placeholder.
    const signingKey = new Secret(this, 'SigningKey', {
      secretName: SIGNING_KEY,
      description: 'The private key that signs every token of the city; readable by identity alone',
      removalPolicy: this.removalPolicy,
    });
    this.clientSecret('operator');

    const environment = { SIGNING_KEY_SECRET: signingKey.secretArn };
    const token = new HouseFunction(this, this, { file: 'token', environment });
    const issue = new HouseFunction(this, this, { file: 'issue', environment });
    const jwks = new HouseFunction(this, this, { file: 'jwks', environment });
    // Codes and sessions of people in the console.
    const table = new HouseTable(this, 'Sessions', this, {});
    const ofSessions = { SESSIONS_TABLE: table.tableName };
    const createCode = new HouseFunction(this, this, { file: 'create-code', environment: ofSessions });
    const openSession = new HouseFunction(this, this, { file: 'open-session', environment: ofSessions });
    const endSession = new HouseFunction(this, this, { file: 'end-session', environment: ofSessions });
    const sessionToken = new HouseFunction(this, this, {
      file: 'session-token',
      environment: { ...environment, ...ofSessions },
    });
    for (const fn of [token, issue, jwks, sessionToken]) {
      fn.may(
        [
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
          'secretsmanager:UpdateSecretVersionStage',
        ],
        this.secretArn(SIGNING_KEY),
      );
    }
    // Without the ending, so that a client that does not exist is not found rather than forbidden to look at.
    token.may(['secretsmanager:GetSecretValue'], this.secretArn(clientSecretName('*'), '*'));

    table.appendedBy(createCode, openSession).committedBy(endSession).readBy(sessionToken);
    new HouseApi(this, this, {
      routes,
      doors: {
        ...{ token, issue, jwks, 'create-code': createCode, 'open-session': openSession },
        ...{ 'session-token': sessionToken, 'end-session': endSession },
      },
    });
  }
}
