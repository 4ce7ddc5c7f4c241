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

/** The connection to one client. */
export interface ClientLink {
  /** Address of the client, or "this process". */
  readonly peer: string;
  readonly grants: Grants;
  send(message: ServerMessage): void;
  /**
   * Calls back when the connection has accepted what was sent, unless it closes first. Absent: it accepts immediately.
   */
  flushed?(then: () => void): void;
  /**
   * Closes the connection once everything is sent.
   * @param code the reason, if the server initiates the close
   */
  close(code?: string): void;
}

/** The client behind a session, as needed by its requests and by the server. */
export interface RequestingClient extends Recipient {
  readonly state: ClientSessionState;
  readonly mode: ObjectServerRequester['mode'];
  readonly link: Pick<ClientLink, 'peer' | 'grants'>;
  /** Sends a message behind all earlier ones. */
  send(message: ServerMessage): void;
  /** @param ended called once the whole list was sent; what it sends directly follows the list */
  sendAll(list: readonly ServerMessage[], ended: () => void): void;
  /** @returns whether there is a row for the signal in the current state */
  signal(signal: ModeSignal): boolean;
  audit(entry: Omit<AuditEntry, 'time' | 'connection' | 'peer'>): void;
  /** The same, but one entry a second stands for all of them. */
  auditCounted(entry: Omit<AuditEntry, 'time' | 'connection' | 'peer'>): void;
}

/** A session from the point of view of the server that holds it. */
export interface HostedSession extends RequestingClient, GreetingClient {}

/** What a session needs from its server. */
export interface SessionHost {
  readonly server: ObjectServer;
  readonly clock: Clock;
  readonly settings: NorthboundSettings;
  readonly router: Router;
  readonly monitorPassword: MonitorPassword;
  readonly snapshotTurns: SnapshotTurns;
  /** Absent: any client can act as any agent. */
  readonly agentAuthenticator: AgentAuthenticator | undefined;
  audit(entry: AuditEntry): void;
  /** Whether one more session may enter monitor mode. */
  mayMonitor(client: RequestingClient): boolean;
  welcomed(session: HostedSession): void;
  ended(session: HostedSession): void;
}
