/** The settings of a session for the connection to NATS, and for the site. */
import { readFileSync } from 'node:fs';
import { CtiosError } from '../../../../src/ctios/index.js';
import { nameProblem } from '../../../../src/stream/index.js';
import { text } from '../../message/saved-values.js';
import type { TlsSettings } from './tls.js';

/** NATS, and the site there. */
export interface NatsBroker {
  readonly servers: readonly string[];
  readonly site: string;
  readonly user?: string;
  readonly natsPassword?: string;
  /** Contents of a credentials file. */
  readonly credentials?: string;
  readonly tls?: TlsSettings;
}

/** The fields of the saved form. */
interface SavedBroker {
  readonly natsServers: unknown;
  readonly natsSite: unknown;
  readonly natsUser: unknown;
  readonly natsCredentials: unknown;
}

/** @throws CtiosError CTIOS_BAD_SETTINGS */
export function brokerOf(
  saved: SavedBroker,
  natsPassword: string | undefined,
  tls: TlsSettings | undefined,
): NatsBroker {
  const servers = text(saved.natsServers)
    .split(/[\s,;]+/)
    .filter((server) => server !== '');
  if (servers.length === 0) throw bad('Give the NATS servers, such as nats://localhost:4222.');
  for (const server of servers) {
    if (server.includes('@')) throw bad('A user or password does not belong in the address of a NATS server.');
    if (!/^(nats|tls):\/\/[^/\s]+$/i.test(server))
      throw bad(`"${server}" is not the address of a NATS server: it begins with nats:// or tls://.`);
  }
  const user = text(saved.natsUser);
  return {
    servers,
    site: nameIn('Site', saved.natsSite),
    ...(user === '' ? {} : { user }),
    ...(natsPassword ? { natsPassword } : {}),
    ...credentialsIn(text(saved.natsCredentials)),
    ...(tls === undefined ? {} : { tls }),
  };
}

/** The name of a site or a group. @throws CtiosError CTIOS_BAD_SETTINGS */
export function nameIn(field: string, value: unknown): string {
  const name = text(value);
  const problem = nameProblem(name);
  if (problem !== undefined) throw bad(`${field}: ${problem}.`);
  return name;
}

/** The contents of a NATS credentials file. */
function credentialsIn(file: string): { credentials?: string } {
  if (file === '') return {};
  try {
    return { credentials: readFileSync(file, 'utf8') };
  } catch (error) {
    throw bad(`The NATS credentials file cannot be read: ${(error as Error).message}.`);
  }
}

const bad = (message: string): CtiosError => new CtiosError('CTIOS_BAD_SETTINGS', message);
