/** Client sessions of the CTI OS Server: modes, filters, routing, permissions. */

export type { ProofOutcome } from '../object-server.js';
export type { AuditEntry } from '../observability/audit.js';
export type { AgentCheck } from './security/agent-authenticator.js';
export { ServerMetrics } from './server-metrics.js';
export {
  type AcceptedClient,
  type ClientLink,
  type ClientSession,
  ClientSessions,
  type ClientSessionsOptions,
} from './session/session-registry.js';
export { DEFAULT_SETTINGS, type Grants, type NorthboundSettings } from './session/settings.js';
export { type HealthListener, listenForHealth } from './transport/health-listener.js';
export { memoryConnector } from './transport/memory-connector.js';
export {
  listenForWebSockets,
  type WebSocketListener,
  type WebSocketListenerOptions,
} from './transport/web-socket-listener.js';
