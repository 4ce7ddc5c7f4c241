import type { Clock } from '../../../common/clock.js';
import { DAY_MS } from '../../../common/durations.js';
import { type CertificateFacts, certificateFacts, EXPIRING_DAYS } from '../../../common/network/certificates.js';
import type { CtiLink } from '../../../server/southbound/link-api.js';
import { pem } from '../../secrets.js';
import type { Log } from '../log.js';
import type { Config } from '../options/options.js';

/**
 * Logs a warning, at startup and once a day, for certificates that expire within 30 days: the server's own for clients
 * and for the CTI Server, and the CTI Server's.
 * @returns a function that stops it
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
      if (days >= EXPIRING_DAYS) continue;
      log('warn', 'certificate ends', {
        which,
        subject: facts.subject,
        until: new Date(facts.validTo).toISOString(),
        days,
      });
    }
  };
  // The CTI Server's certificate is known once the link is up; a day does not matter.
  look();
  const timer = clock.every(DAY_MS, look);
  return () => timer.cancel();
}

/** @returns undefined if there is none that can be read: it is being replaced, or its renewal will report that */
function factsIn(file: string | undefined): CertificateFacts | undefined {
  try {
    return file === undefined ? undefined : certificateFacts(pem(file));
  } catch {
    return undefined;
  }
}
