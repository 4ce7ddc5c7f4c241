/**
 * The status of a session, for display (a node's status, the sidebar) and for programs that wait until it is usable.
 */
import type { Args, LinkStatus } from '../ctios/transport.js';
import type { ServerConnection } from './connection/connection.js';
import type { ConnectionState } from './connection/connection-states.js';
import type { Agent } from './objects/agent.js';
import type { SystemStatus } from './objects/system-status.js';

export type SessionMode = 'none' | 'agent' | 'monitor';

export interface SessionStatus {
  /** State of the connection to the CTI OS Server. */
  readonly state: ConnectionState;
  /**
   * The reason why it is not connected, not online, or without its mode: a sentence for display. Absent if there is no
   * problem.
   */
  readonly reason?: string;
  /** The same as a code: `CTIOS_…`. */
  readonly code?: string;
  /** The connected server's name according to its connector; while connecting, the one being tried. */
  readonly server?: string;
  /** Which of the session's connectors that is. */
  readonly side?: 'A' | 'B';
  /** The mode in effect. `none` until the server has granted one, and while a lost connection is being restored. */
  readonly mode: SessionMode;
  /** Connected, and the CTI Server driver, the CTI Server and the relevant peripherals are up: requests can succeed. */
  readonly online: boolean;
  /** The state of the server's link to the CTI Server, as last reported. */
  readonly link?: LinkStatus;
  /** Certificate of the server, if the connection uses TLS; `validTo` in milliseconds since the epoch. */
  readonly certificate?: { readonly subject: string; readonly validTo: number };
  /**
   * Keyword StatusSystem as last reported: StatusCTIServer, StatusCtiServerDriver, StatusCentralController,
   * StatusPeripherals.
   */
  readonly statusSystem: Args;
}

/** Side of the session's connector of that index. */
export function sideOf(connector: number): 'A' | 'B' {
  return connector === 0 ? 'A' : 'B';
}

/** The status, combined from the parts of a session. */
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
    // Nothing counts as up before the server has reported it.
    online: ready && why === undefined && system.known,
    link: ready ? connection.link : undefined,
    certificate: ready ? connection.certificate : undefined,
    statusSystem: system.statusSystem,
  };
}

/** The cause before the effect: a driver without a CTI Server does not report why there is none. */
function whyOffline(
  trouble: string | undefined,
  link: LinkStatus | undefined,
): { reason: string; code: string } | undefined {
  if (trouble === undefined) return undefined;
  const { reason, code } = link ?? {};
  if (reason !== undefined && code !== undefined) return { reason, code };
  return { reason: trouble, code: 'CTIOS_OFFLINE' };
}
