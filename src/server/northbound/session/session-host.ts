import type { Clock } from '../../../common/clock.js';
import type { ServerMessage } from '../../../ctios/transport.js';
import type { ObjectServer, ObjectServerRequester } from '../../object-server.js';
import type { AuditEntry } from '../../observability/audit.js';
import type { Recipient, Router } from '../routing/router.js';
import type { AgentAuthenticator } from '../security/agent-authenticator.js';
import type { MonitorPassword } from '../security/monitor-password.js';
import type { GreetingClient } from './greeting-clients.js';
import type { ClientSessionState, ModeSignal } from './session-states.js';
import type { Grants, NorthboundSettings } from './settings.js';
import type { SnapshotTurns } from './snapshot-turns.js';

/** The way to one client. */
export interface ClientLink {
  /** Address of the client, or "this process". */
  readonly peer: string;
  readonly grants: Grants;
  send(message: ServerMessage): void;
  /** Calls back when the connection has taken what was sent, unless it is closed before. Absent: it takes it at once. */
  flushed?(then: () => void): void;
  /**
   * Ends the connection once what was sent is out.
   * @param code why, where the server closes it against the client's will
   */
  close(code?: string): void;
}

/** The client behind a session: what its requests, and the server, use of it. */
export interface RequestingClient extends Recipient {
  readonly state: ClientSessionState;
  readonly mode: ObjectServerRequester['mode'];
  readonly link: Pick<ClientLink, 'peer' | 'grants'>;
  /** Sends behind all that was sent before. */
  send(message: ServerMessage): void;
  /** @param ended called once the list has been handed over; what it sends comes directly behind the list */
  sendAll(list: readonly ServerMessage[], ended: () => void): void;
  /** @returns whether the signal means anything in the state of the client */
  signal(signal: ModeSignal): boolean;
  audit(entry: Omit<AuditEntry, 'time' | 'connection' | 'peer'>): void;
}

/** A session as the server that holds it sees it. */
export interface HostedSession extends RequestingClient, GreetingClient {}

/** What a session uses of the server it belongs to. */
export interface SessionHost {
  readonly server: ObjectServer;
  readonly clock: Clock;
  readonly settings: NorthboundSettings;
  readonly router: Router;
  readonly monitorPassword: MonitorPassword;
  readonly snapshotTurns: SnapshotTurns;
  /** Absent: whoever can connect can be any agent. */
  readonly agentAuthenticator: AgentAuthenticator | undefined;
  audit(entry: AuditEntry): void;
  /** Whether one more session may enter monitor mode. */
  mayMonitor(client: RequestingClient): boolean;
  welcomed(session: HostedSession): void;
  ended(session: HostedSession): void;
}
