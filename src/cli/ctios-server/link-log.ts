import type { LinkReport } from '../../server/index.js';
import type { Log } from './log.js';

/**
 * Logs the state of the link to the CTI Server once per change: a server that retries all night with the same reason
 * writes one line, not thousands.
 */
export function linkLog(log: Log, refused: (code: string) => void): (report: LinkReport) => void {
  /** The last logged state of each side. */
  const logged = new Map<string, string>();
  return (report) => {
    const { side } = report;
    if (report.up) {
      logged.clear();
      log('info', 'link up', { side, version: report.version });
      return;
    }
    const { code, reason, terminal } = report;
    const what = `${code} ${reason}`;
    if (logged.get(side) === what) return;
    logged.set(side, what);
    log(terminal ? 'error' : 'warn', terminal ? 'link refused' : 'link down', { side, code, reason });
    if (terminal) refused(code);
  };
}
