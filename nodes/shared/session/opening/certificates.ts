/** Certificates that a session depends on, and which of them is about to expire. */
import type { ConnectionOptions } from 'node:tls';
import type { SessionStatus } from '../../../../src/cil/index.js';
import { DAY_MS } from '../../../../src/common/durations.js';
import { type CertificateFacts, certificateFacts, EXPIRING_DAYS } from '../../../../src/common/network/certificates.js';

/** The holder of the certificate: the texts are in the catalog, under `certificate`. */
export type Holder = 'client' | 'server' | 'ctiServer';

export interface Certificate {
  readonly holder: Holder;
  readonly subject: string;
  /** Milliseconds since the epoch. */
  readonly validTo: number;
}

/** A certificate that expires soon, or has expired while the connection made with it is still open. */
export interface Expiring extends Certificate {
  /** Whole days left; 0 from its last day on. */
  readonly days: number;
}

/** The certificates that a connection depends on: its own, the server's, and that of the CTI Server behind it. */
export function certificatesOf({ certificate, link }: SessionStatus, own: CertificateFacts | undefined): Certificate[] {
  const found: Certificate[] = [];
  const add = (holder: Holder, shown: { subject: string; validTo: number } | undefined): void => {
    if (shown !== undefined) found.push({ holder, subject: shown.subject, validTo: shown.validTo });
  };
  add('client', own);
  add('server', certificate);
  add('ctiServer', link?.certificate);
  return found;
}

/** The client certificate among the options of a `tls-config` node. */
export function ownCertificate(options: ConnectionOptions | undefined): CertificateFacts | undefined {
  const cert: unknown = Array.isArray(options?.cert) ? options.cert[0] : options?.cert;
  return typeof cert === 'string' || Buffer.isBuffer(cert) ? certificateFacts(cert) : undefined;
}

/** The first to expire, if that is soon. */
export function expiringOf(certificates: readonly Certificate[], now: number): Expiring | undefined {
  let first: Certificate | undefined;
  for (const each of certificates) if (first === undefined || each.validTo < first.validTo) first = each;
  if (first === undefined || first.validTo - now >= EXPIRING_DAYS * DAY_MS) return undefined;
  return { ...first, days: Math.max(0, Math.floor((first.validTo - now) / DAY_MS)) };
}
