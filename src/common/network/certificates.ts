/** Facts about TLS certificates, and, if one was rejected, which one and why. */
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

/** A certificate that expires in fewer days is reported, early enough to obtain a new one. */
export const EXPIRING_DAYS = 30;

export interface CertificateFacts {
  /** "CN=ctios.example.com": the names of the subject in one line. */
  readonly subject: string;
  readonly issuer: string;
  /** The names and addresses it is valid for, as the certificate lists them: "DNS:localhost, IP Address:127.0.0.1". */
  readonly names: string;
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** @param certificate in any form; PEM may contain a chain, of which the first certificate is used */
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
    // Not a certificate; TLS reports that to its user.
    return undefined;
  }
}

/**
 * The certificate that the other side of a TLS socket has presented. Does not use `getPeerX509Certificate`: after
 * calling it, Node.js 20 no longer finds the names in that certificate when it checks the server's.
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
 * Why TLS rejects a certificate, phrased to follow "the certificate".
 * @param code of Node.js: `CERT_HAS_EXPIRED`, `ERR_TLS_CERT_ALTNAME_INVALID` …
 * @param expected the host name that was expected
 * @param message from OpenSSL, which contains the reason if Node.js has no code for it
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
  const { subject = '', issuer = 'an unknown authority', names = '', validFrom = 0, validTo = 0 } = facts ?? {};
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return facts === undefined || validTo < now ? 'has expired' : 'has an expired certificate in its chain';
    case 'CERT_NOT_YET_VALID':
      return facts === undefined ? 'is not valid yet' : `is not valid before ${dayOf(validFrom)}`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `is issued for ${names || subject || 'no name'}${expected === undefined ? '' : `, not for ${expected}`}`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'is self-signed and not trusted here';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `is issued by ${issuer}, which is not trusted here`;
    case 'INVALID_PURPOSE':
      return 'is not issued for this purpose: check its extended key usage';
    case 'HOSTNAME_MISMATCH':
      return `is not issued for ${expected ?? 'that name'}`;
    case 'CERT_REVOKED':
      return 'has been revoked';
    case 'CERT_SIGNATURE_FAILURE':
    case 'UNABLE_TO_DECRYPT_CERT_SIGNATURE':
      return `does not have a valid signature of ${issuer}`;
    case 'INVALID_CA':
    case 'PATH_LENGTH_EXCEEDED':
      return `is issued by ${issuer}, which is not allowed to issue it`;
    case 'CERT_CHAIN_TOO_LONG':
      return 'has too many certificates in its chain';
    case 'CERT_UNTRUSTED':
    case 'CERT_REJECTED':
      return 'is not trusted here for this purpose';
    default:
      if (/CRL/.test(code)) return 'cannot be checked: the certificate revocation list is missing or invalid';
      return `was rejected: ${message || code}`;
  }
}

/** Certificates that are valid but still rejected: OpenSSL considers them too weak. */
export function weaknessIn(text: string): string | undefined {
  if (/(MD|DIGEST ALGORITHM)[ _]TOO[ _]WEAK/i.test(text)) {
    return 'is signed with SHA-1 or MD5, which is too weak: reissue it with SHA-256 or stronger';
  }
  if (/(EE|CA|CERT)[ _]KEY[ _]TOO[ _](SMALL|WEAK)/i.test(text)) {
    return 'has a key that is too short: reissue it with an RSA key of at least 2048 bits';
  }
  return undefined;
}

function inOneLine(name: string | undefined): string {
  return (name ?? '').replace(/\n/g, ', ');
}

function dayOf(time: number): string {
  return Number.isNaN(time) ? 'an unknown day' : new Date(time).toISOString().slice(0, 10);
}
