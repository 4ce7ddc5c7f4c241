/** Apart from the connection itself, whose types are those of `ws`: a program that imports the server does not need them. */
import type { ClientSessions } from '../session/session-registry.js';
import type { Grants } from '../session/settings.js';

export interface WebSocketClientOptions {
  readonly sessions: Pick<ClientSessions, 'accept' | 'clock'>;
  readonly grants: Grants;
  /** Maximum number of bytes queued for a client that does not read, before it is disconnected. @default 8 MiB */
  readonly maxQueueBytes?: number;
}
