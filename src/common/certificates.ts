/** What people want to know of a TLS certificate, and, where one was refused, which one and why. */
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

export interface CertificateFacts {
  /** "CN=ctios.example.com": the names of the subject in one line. */
  readonly subject: string;
  readonly issuer: string;
  /** Names and addresses that it is for, as it writes them: "DNS:localhost, IP Address:127.0.0.1". */
  readonly names: string;
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** @param certificate in whatever form it is at hand; PEM may hold a chain, whose first one counts */
export function certificateFacts(certificate: X509Certificate | Buffer | string): CertificateFacts | undefined {
  try {
    const x509 = certificate instanceof X509Certificate ? certificate : new X509Certificate(certificate);
    return {
      subject: inOneLine(x509.subject),
      issuer: inOneLine(x509.issuer),
      names: x509.subjectAltName ?? '',
      validFrom: Date.parse(x509.validFrom),
      validTo: Date.parse(x509.validTo),
    };
  } catch {
    // It is no certificate; whoever uses it is told so by TLS.
    return undefined;
  }
}

/**
 * The certificate that the other side of a TLS socket has shown. Not by `getPeerX509Certificate`: after it Node.js 20 no
 * longer finds the names in that certificate when it checks the server's.
 */
export function peerCertificate(socket: TLSSocket): CertificateFacts | undefined {
  const shown = socket.getPeerCertificate() as { raw?: Buffer } | null;
  return shown?.raw === undefined ? undefined : certificateFacts(shown.raw);
}

/** "CN=expired, valid until 2020-01-02" */
export function describeCertificate({ subject, validTo }: CertificateFacts): string {
  return `${subject === '' ? 'no subject' : subject}, valid until ${dayOf(validTo)}`;
}

/**
 * Why TLS refuses a certificate, to follow the words "the certificate".
 * @param code of Node.js: `CERT_HAS_EXPIRED`, `ERR_TLS_CERT_ALTNAME_INVALID` …
 * @param expected the name that was looked for
 * @param message of OpenSSL, which has the reason where Node.js has no code for it
 */
export function whyRefused(
  code: string,
  facts: CertificateFacts | undefined,
  now: number,
  expected?: string,
  message = '',
): string {
  const weakness = weaknessIn(`${code} ${message}`);
  if (weakness !== undefined) return weakness;
  const { issuer = 'nobody', names = '', validFrom = 0, validTo = 0 } = facts ?? {};
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return facts === undefined || validTo < now ? 'has expired' : 'has an expired one above it in its chain';
    case 'CERT_NOT_YET_VALID':
      return facts === undefined ? 'is not valid yet' : `is valid only from ${dayOf(validFrom)}`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `is for ${names === '' ? 'no name' : names}${expected === undefined ? '' : `, not for ${expected}`}`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'is signed by itself, and is not trusted here';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `is signed by ${issuer}, which is not trusted here`;
    case 'INVALID_PURPOSE':
      return 'is not meant for this use';
    default:
      return `is refused: ${code}`;
  }
}

/** Certificates that are valid, and still refused: OpenSSL calls them too weak. */
function weaknessIn(text: string): string | undefined {
  if (/(MD|DIGEST ALGORITHM)[ _]TOO[ _]WEAK/i.test(text)) {
    return 'is signed with SHA-1 or MD5, which is too weak: it must be reissued with SHA-256 or better';
  }
  if (/(EE|CA|CERT)[ _]KEY[ _]TOO[ _](SMALL|WEAK)/i.test(text)) {
    return 'has a key that is too short: it must be reissued with RSA of 2048 bits or more';
  }
  return undefined;
}

function inOneLine(name: string | undefined): string {
  return (name ?? '').replace(/\n/g, ', ');
}

function dayOf(time: number): string {
  return Number.isNaN(time) ? 'an unknown day' : new Date(time).toISOString().slice(0, 10);
}
