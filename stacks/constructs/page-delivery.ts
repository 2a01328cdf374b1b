import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct, type Node } from 'constructs';
import type { SystemStack } from './system-stack.ts';

/** A page of a private bucket by CloudFront, over HTTPS alone, with what keeps a browser from running others' code. */
export class PageDelivery extends Construct {
  /** `https://…` without a slash at the end. */
  readonly origin: string;

  constructor(stack: SystemStack, id: string, { bucket }: { readonly bucket: IBucket }) {
    super(stack, id);
    const own = ownDomainOf(this.node);
    const answers = {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      responseHeadersPolicy: this.headers(stack),
      compress: true,
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: "The console's page",
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      // What has the same name after the next deployment is never kept; what a build names by its content always is.
      defaultBehavior: { ...answers, cachePolicy: CachePolicy.CACHING_DISABLED },
      additionalBehaviors: { 'assets/*': { ...answers, cachePolicy: CachePolicy.CACHING_OPTIMIZED } },
      // Holds with a certificate of one's own; under *.cloudfront.net CloudFront takes TLS 1.0 too, and cannot be told not to.
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(own && {
        domainNames: [own.domain],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', own.certificate),
      }),
    });
    this.origin = `https://${own?.domain ?? distribution.distributionDomainName}`;
  }

  private headers(stack: SystemStack): ResponseHeadersPolicy {
    const override = true;
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: "What the console's page may do in a browser",
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: pagePolicy(`*.execute-api.${stack.region}.${stack.urlSuffix}`),
          override,
        },
        contentTypeOptions: { override },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override,
        },
      },
    });
  }
}

/**
 * What the page needs and nothing else. Its components style elements by attribute, and its fonts and pictures lie in its
 * style sheet. It talks to its own origin, and to the doors and sockets.
 */
const pagePolicy = (doors: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' https://${doors} wss://${doors}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * The context values `consoleDomain` and `consoleCertificate`, an ARN of us-east-1 as CloudFront wants it.
 * @throws {Error} one without the other
 */
const ownDomainOf = (node: Node): { readonly domain: string; readonly certificate: string } | undefined => {
  const [domain, certificate] = ['consoleDomain', 'consoleCertificate'].map((name): unknown =>
    node.tryGetContext(name),
  );
  if (domain === undefined && certificate === undefined) return undefined;
  if (typeof domain !== 'string' || typeof certificate !== 'string') {
    throw new Error('context values consoleDomain and consoleCertificate: both, as text, or none');
  }
  return { domain, certificate };
};
