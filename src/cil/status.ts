/** How a session stands, for a person (a node's status, a sidebar) and for a program that waits until it can work. */
import type { Args, LinkStatus } from '../ctios/transport.js';
import type { ServerConnection } from './connection/connection.js';
import type { ConnectionState } from './connection/connection-states.js';
import type { Agent } from './objects/agent.js';
import type { SystemStatus } from './objects/system-status.js';

export type SessionMode = 'none' | 'agent' | 'monitor';

export interface SessionStatus {
  /** State of the connection to the CTI OS Server. */
  readonly state: ConnectionState;
  /** Why it is not connected, not online, or without its mode: a sentence for people. Absent when all is well. */
  readonly reason?: string;
  /** The same for programs: `CTIOS_…`. */
  readonly code?: string;
  /** The connected server in its connector's words; while connecting, the one that is tried. */
  readonly server?: string;
  /** Which of the session's connectors that is. */
  readonly side?: 'A' | 'B';
  /** The mode in force. `none` until the server has granted one, and again while a lost connection is restored. */
  readonly mode: SessionMode;
  /** Connected, and CTI Server driver, CTI Server and the peripherals that matter are up: requests can succeed. */
  readonly online: boolean;
  /** How the server's link to the CTI Server stands, as last told. */
  readonly link?: LinkStatus;
  /** Certificate of the server, where the connection has TLS; `validTo` in milliseconds since the epoch. */
  readonly certificate?: { readonly subject: string; readonly validTo: number };
  /** Keyword StatusSystem as last told: StatusCTIServer, StatusCtiServerDriver, StatusCentralController, StatusPeripherals. */
  readonly statusSystem: Args;
}

/** Side of the session's connector of that index. */
export function sideOf(connector: number): 'A' | 'B' {
  return connector === 0 ? 'A' : 'B';
}

/** The status as the parts of a session make it. */
export function clientStatusOf(parts: {
  readonly connection: ServerConnection;
  readonly mode: { readonly mode: SessionMode };
  readonly system: SystemStatus;
  readonly agent: Agent | undefined;
}): SessionStatus {
  const { connection, mode, system, agent } = parts;
  const { state, trouble } = connection;
  const ready = state === 'ready';
  const why = ready ? whyOffline(system.trouble(agent?.getValueString('PeripheralID')), connection.link) : trouble;
  const named = state !== 'disconnected' && state !== 'rejected';
  return {
    state,
    reason: why?.reason,
    code: why?.code,
    server: named ? connection.server : undefined,
    side: named ? sideOf(connection.side) : undefined,
    mode: mode.mode,
    // Nothing is said to be up before the server has told.
    online: ready && why === undefined && system.known,
    link: ready ? connection.link : undefined,
    certificate: ready ? connection.certificate : undefined,
    statusSystem: system.statusSystem,
  };
}

/** The cause comes before the effect: a driver without a CTI Server says nothing of why there is none. */
function whyOffline(
  trouble: string | undefined,
  link: LinkStatus | undefined,
): { reason: string; code: string } | undefined {
  if (trouble === undefined) return undefined;
  const { reason, code } = link ?? {};
  if (reason !== undefined && code !== undefined) return { reason, code };
  return { reason: trouble, code: 'CTIOS_OFFLINE' };
}
