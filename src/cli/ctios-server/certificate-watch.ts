import { type CertificateFacts, certificateFacts } from '../../common/certificates.js';
import type { Clock } from '../../common/clock.js';
import type { CtiLink } from '../../server/southbound/link-api.js';
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
  const own: ReadonlyArray<readonly [string, CertificateFacts | undefined]> = [
    ['--tls-cert', factsIn(config['tls-cert'])],
    ['--cti-cert', factsIn(config['cti-cert'])],
  ];
  const look = (): void => {
    for (const [which, facts] of [...own, ['CTI Server', link.info.certificate] as const]) {
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

function factsIn(file: string | undefined): CertificateFacts | undefined {
  return file === undefined ? undefined : certificateFacts(pem(file));
}
