import type { Clock } from '../../../common/clock.js';
import type { AgentCheck } from '../../../server/index.js';
import { pem, secret } from '../../secrets.js';
import type { Log } from '../log.js';
import type { Config } from '../options/options.js';
import { PasswordFile } from './password-file.js';
import { CONNECTIONS, siteCheck } from './site-check.js';

/** Node.js has four threads for hashing, files and host names; the latter two must not wait. */
const PARALLEL_HASHES = 2;

/** How agents authenticate at this server. */
export interface AgentChecking {
  /** If absent, any client can act as any agent. */
  readonly check?: { readonly check: AgentCheck; readonly parallel: number };
  /** Reads changeable settings again. */
  reload(): void;
  stop(): void;
}

/** @throws UsageError for files that cannot be read or have invalid lines, and for a URL that is not allowed */
export function agentChecking(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  log: Log,
): AgentChecking {
  const { 'agent-passwords': file, 'agent-check': url, 'agent-check-ca': ca } = config;
  if (file !== undefined) {
    const passwords = new PasswordFile(file, log);
    passwords.watch(clock);
    return {
      check: { check: (claim) => passwords.check(claim), parallel: PARALLEL_HASHES },
      reload: () => passwords.reload(),
      stop: () => passwords.stop(),
    };
  }
  if (url === undefined) return { reload() {}, stop() {} };
  const token = secret(config['agent-check-token-file'], environment.CTIOS_AGENT_CHECK_TOKEN);
  const check = siteCheck({
    url,
    clock,
    ...(token === undefined ? {} : { token }),
    ...(ca === undefined ? {} : { ca: pem(ca) }),
  });
  return { check: { check, parallel: CONNECTIONS }, reload() {}, stop: () => check.close() };
}
