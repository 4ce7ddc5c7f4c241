import { type CertificateFacts, certificateFacts } from '../../common/certificates.js';
import type { Clock } from '../../common/clock.js';
import type { CtiLink } from '../../server/southbound/link-api.js';
import { fileStamp } from './file-stamp.js';
import type { Log } from './log.js';
import type { Config } from './options.js';
import { pem } from './secrets.js';

const DAY_MS = 24 * 3_600_000;
/** Time enough to get another one. */
const WARN_DAYS = 30;

/**
 * Warns in the log, at the start and once a day, of certificates that end within 30 days: the server's own towards
 * clients and towards the CTI Server, and the CTI Server's.
 * @returns stops it
 */
export function watchCertificates(config: Config, link: CtiLink, clock: Clock, log: Log): () => void {
  const look = (): void => {
    const certificates: ReadonlyArray<readonly [string, CertificateFacts | undefined]> = [
      ['--tls-cert', factsIn(config['tls-cert'])],
      ['--cti-cert', factsIn(config['cti-cert'])],
      ['CTI Server', link.info.certificate],
    ];
    for (const [which, facts] of certificates) {
      if (facts === undefined) continue;
      const days = Math.floor((facts.validTo - clock.now()) / DAY_MS);
      if (days >= WARN_DAYS) continue;
      log('warn', 'certificate ends', {
        which,
        subject: facts.subject,
        until: new Date(facts.validTo).toISOString(),
        days,
      });
    }
  };
  // The CTI Server's is known once the link is up; a day more or less does not matter.
  look();
  const timer = clock.every(DAY_MS, look);
  return () => timer.cancel();
}

/** @returns undefined where there is none that can be read: it is replaced at the moment, or renewing it will report that */
function factsIn(file: string | undefined): CertificateFacts | undefined {
  try {
    return file === undefined ? undefined : certificateFacts(pem(file));
  } catch {
    return undefined;
  }
}

/** How often the files are looked at, in milliseconds. */
const LOOK_MS = 60_000;

/**
 * Calls `renew` when a file of the certificate for clients has changed, and stays as it is for one round: a certificate
 * and its key are two files, and tools replace one after the other.
 * @returns stops it
 */
export function followCertificateFiles(config: Config, clock: Clock, renew: () => void): () => void {
  const { 'tls-cert': cert, 'tls-key': key, 'tls-ca': ca } = config;
  const files = [cert, key, ca].filter((file) => file !== undefined);
  if (files.length === 0) return () => {};
  const stamp = (): string => files.map(fileStamp).join('; ');
  let used = stamp();
  let seen = used;
  const timer = clock.every(LOOK_MS, () => {
    const now = stamp();
    if (now !== used && now === seen) {
      used = now;
      renew();
    }
    seen = now;
  });
  return () => timer.cancel();
}
