/** The console's page as AWS gets it; on a laptop `npm start` publishes it. */

import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { CachePolicy } from 'aws-cdk-lib/aws-cloudfront';
import { App } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { pageFolder } from './constructs/asset.ts';
import { FOREIGN, isOurs } from './foreign.ts';
import { PlatformStack } from './platform-stack.ts';
import { type Resource, synthesized, textOf } from './template.ts';

type Json = { readonly [name: string]: unknown };
interface Statement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: string | string[];
  readonly Condition?: unknown;
}

const { of, city, resources } = synthesized('aws');
const one = (type: string): Resource => {
  const [found, ...others] = of(type);
  if (found === undefined || others.length > 0) throw new Error(`not one ${type}`);
  return found;
};
describe("the console's page on AWS", () => {
  const config = one('AWS::CloudFront::Distribution').properties.DistributionConfig as Json;
  const behaviors = [config.DefaultCacheBehavior as Json, ...(config.CacheBehaviors as Json[])];

  it('lies in a bucket that only its own distribution reads, over TLS', () => {
    const { properties } = one('AWS::S3::Bucket');
    expect(properties.PublicAccessBlockConfiguration).toEqual({
      ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
      ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
    });
    const { PolicyDocument } = one('AWS::S3::BucketPolicy').properties as {
      PolicyDocument: { Statement: Statement[] };
    };
    const allowed = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toEqual([
      expect.objectContaining({
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      }),
    ]);
    expect(PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
    const [{ OriginAccessControlId } = {}] = config.Origins as Json[];
    expect(textOf(OriginAccessControlId)).toBe(`{${one('AWS::CloudFront::OriginAccessControl').id}.Id}`);
  });

  it('comes over HTTPS alone, compressed; what keeps its name is always asked for, the rest never again', () => {
    expect(config.DefaultRootObject).toBe('index.html');
    for (const behavior of behaviors) {
      expect(behavior).toMatchObject({ ViewerProtocolPolicy: 'https-only', Compress: true });
      expect(behavior.AllowedMethods ?? ['GET', 'HEAD']).toEqual(['GET', 'HEAD']);
    }
    expect(behaviors.map(({ PathPattern = '*', CachePolicyId }) => [PathPattern, CachePolicyId])).toEqual([
      ['*', CachePolicy.CACHING_DISABLED.cachePolicyId],
      ['assets/*', CachePolicy.CACHING_OPTIMIZED.cachePolicyId],
    ]);
  });

  it('runs no code of others, talks to nobody but the doors of its region, and is in no frame', () => {
    const policy = one('AWS::CloudFront::ResponseHeadersPolicy');
    for (const { ResponseHeadersPolicyId } of behaviors)
      expect(textOf(ResponseHeadersPolicyId)).toBe(`{${policy.id}}`);
    const { SecurityHeadersConfig: headers } = policy.properties.ResponseHeadersPolicyConfig as {
      SecurityHeadersConfig: { ContentSecurityPolicy: Json };
    };
    expect(headers).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
    });
    const said = textOf(headers.ContentSecurityPolicy.ContentSecurityPolicy).split('; ');
    expect(said).toContain("default-src 'none'");
    expect(said).toContain("script-src 'self'");
    expect(said).toContain("frame-ancestors 'none'");
    const doors = '*.execute-api.{AWS::Region}.{AWS::URLSuffix}';
    expect(said).toContain(`connect-src 'self' https://${doors} wss://${doors}`);
  });

  it('is put there by deployment: what it asks for before itself, and nothing is taken away', () => {
    const put = of('Custom::CDKBucketDeployment').map(({ id, stack, properties, dependsOn }) => ({
      ...{ id, stack, dependsOn },
      keys: properties.Include,
      // Else everything would be there twice.
      not: properties.Exclude,
      prune: properties.Prune,
      kept: (properties.SystemMetadata as Json)['cache-control'],
    }));
    const all = { not: ['*'], prune: false };
    expect(put).toMatchObject([
      { stack: 'platform', keys: ['assets/*'], kept: 'public, max-age=31536000, immutable', ...all },
      { stack: 'platform', keys: ['index.html'], kept: 'no-cache', ...all },
      { stack: 'console', keys: ['city.json'], kept: 'no-cache', ...all },
    ]);
    expect(put[1]?.dependsOn).toContain(put[0]?.id);
  });

  it('hears in city.json where identity and console are, once both are', () => {
    const written = of('Custom::CDKBucketDeployment').find(({ stack }) => stack === 'console');
    const [markers = {}] = (written?.properties.SourceMarkers ?? []) as Json[];
    expect(Object.values(markers).map(textOf)).toEqual([
      expect.stringMatching(/^"\{SsmParameterValuedabbawalaidentityurl\w+\}"$/),
      expect.stringMatching(/^"https:\/\/\{ApiRest\w+\}\.execute-api\..*\}"$/),
    ]);
    expect(textOf(written?.properties.DestinationBucketName)).toMatch(/dabbawalaconsolebucket/);
    const after = city.stacks.find(({ system }) => system === 'console')?.dependencies ?? [];
    expect(after.map(({ stackName }) => stackName)).toEqual(expect.arrayContaining(['platform', 'identity']));
  });

  it('is found by others under names that do not change', () => {
    const values = new Map(
      of('AWS::SSM::Parameter').map(({ properties }) => [properties.Name, textOf(properties.Value)]),
    );
    expect(values.get('/dabbawala/console/origin')).toBe(
      `https://{${one('AWS::CloudFront::Distribution').id}.DomainName}`,
    );
    expect(values.get('/dabbawala/console/bucket')).toBe(`{${one('AWS::S3::Bucket').id}}`);
  });

  it('is signed in to with names that the stacks make', () => {
    const told = readFileSync('console/README.md', 'utf8').matchAll(
      /aws \S+ get-\S+ --(?:name|secret-id) (\S+)/g,
    );
    const names = [...told].map(([, name]) => name);
    expect(names).toHaveLength(3);
    const made = [...of('AWS::SSM::Parameter'), ...of('AWS::SecretsManager::Secret')];
    expect(made.map(({ properties }) => properties.Name)).toEqual(expect.arrayContaining(names));
  });

  it('needs the build, and says so', () => {
    expect(() => pageFolder('stacks/constructs')).toThrow(/no page of the console/);
  });
});

it('a domain of one’s own takes a certificate, and nothing older than TLS 1.2', () => {
  const made = (context: object) =>
    Template.fromStack(new PlatformStack(new App({ context: { target: 'aws', ...context } })));
  const consoleCertificate = 'arn:aws:acm:us-east-1:123456789012:certificate/one';
  const template = made({ consoleDomain: 'console.example', consoleCertificate });
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Aliases: ['console.example'],
      ViewerCertificate: { AcmCertificateArn: consoleCertificate, MinimumProtocolVersion: 'TLSv1.2_2021' },
    },
  });
  template.hasResourceProperties('AWS::SSM::Parameter', {
    ...{ Name: '/dabbawala/console/origin', Value: 'https://console.example' },
  });
  expect(() => made({ consoleDomain: 'console.example' })).toThrow(/both, as text, or none/);
});

it('the only functions that are not ours put the page there, and may do that alone', () => {
  const foreign = of('AWS::Lambda::Function').filter((fn) => !isOurs(fn));
  const [known] = FOREIGN;
  expect(foreign.map(({ stack }) => stack).toSorted()).toEqual(known?.stacks.toSorted());
  for (const { stack, properties } of foreign) {
    const role = textOf(properties.Role).replace('.Arn', '');
    const theirs = resources.filter(
      (other) => other.stack === stack && textOf(other.properties.Roles).split(',').includes(role),
    );
    const may = theirs.flatMap(({ properties: { PolicyDocument } }) =>
      (PolicyDocument as { Statement: Statement[] }).Statement.flatMap(({ Action }) => Action),
    );
    expect([...new Set(may)].toSorted()).toEqual(known?.may.toSorted());
    const own = resources.find((other) => other.stack === stack && `{${other.id}}` === role);
    expect(own?.properties).not.toHaveProperty('ManagedPolicyArns');
  }
});

it('a local city has a bucket that everybody reads, and nothing of all that', () => {
  const local = synthesized('local');
  const found = local.resources.filter((resource) =>
    /AWS::CloudFront|CDKBucketDeployment|console\/(origin|bucket)/.test(JSON.stringify(resource)),
  );
  expect(found.map(({ id }) => id)).toEqual([]);
  expect(local.of('AWS::Lambda::Function').every(isOurs)).toBe(true);
  const [bucket, ...others] = local.of('AWS::S3::Bucket');
  expect(others).toEqual([]);
  // One of ours would be taken after the emulator was killed: it forgets the stack, and not what is on disk.
  expect(bucket?.properties).not.toHaveProperty('BucketName');
});
