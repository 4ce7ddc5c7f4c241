import type { Clock } from '../../../common/clock.js';
import type { ServerMessage } from '../../../ctios/transport.js';
import type { ObjectServer } from '../../object-server.js';
import type { AuditEntry } from '../../observability/audit.js';
import type { Router } from '../routing/router.js';
import type { AgentAuthenticator } from '../security/agent-authenticator.js';
import type { MonitorPassword } from '../security/monitor-password.js';
import type { DeskClient } from './client-request-handler.js';
import type { ClientSession } from './client-session.js';
import type { Grants, NorthboundSettings } from './settings.js';

/** The way to one client. */
export interface ClientLink {
  /** Address of the client, or "this process". */
  readonly peer: string;
  readonly grants: Grants;
  send(message: ServerMessage): void;
  /**
   * Ends the connection once what was sent is out.
   * @param code why, where the server closes it against the client's will
   */
  close(code?: string): void;
}

/** What a session uses of the server it belongs to. */
export interface SessionHost {
  readonly server: ObjectServer;
  readonly clock: Clock;
  readonly settings: NorthboundSettings;
  readonly router: Router;
  readonly monitorPassword: MonitorPassword;
  /** Absent: whoever can connect can be any agent. */
  readonly agentProof: AgentAuthenticator | undefined;
  audit(entry: AuditEntry): void;
  /** Whether one more session may enter monitor mode. */
  mayMonitor(client: DeskClient): boolean;
  welcomed(session: ClientSession): void;
  ended(session: ClientSession): void;
}
