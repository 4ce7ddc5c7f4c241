import type { ObjectServer, Publication } from '../../server/object-server.js';
import type { Log } from './log.js';

/** Logs gaps, changes of the system status, and once per occurrence that a part of the configuration is missing. */
export function systemLog(server: Pick<ObjectServer, 'status'>, log: Log): (publication: Publication) => void {
  let missing: string | undefined;
  return ({ event, args }) => {
    if (event === 'OnConnectionGap') log('warn', 'gap', { ...args });
    if (event !== 'OnCTIOSFailure') return;
    const { online, incomplete } = server.status();
    log(online ? 'info' : 'warn', 'system status', { about: args.ErrorMessage });
    if (incomplete !== undefined && incomplete !== missing) {
      log('warn', 'configuration incomplete', { about: incomplete });
    }
    missing = incomplete;
  };
}
