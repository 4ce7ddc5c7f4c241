/** Client sessions of the CTI OS Server: modes, filters, who receives what, who may do what. */
export type { AgentCheck, ProofOutcome } from './agent-proof.js';
export type { AuditEntry } from './audit.js';
export {
  type AcceptedClient,
  type ClientLink,
  type ClientSession,
  ClientSessions,
  type ClientSessionsOptions,
} from './client-sessions.js';
export { type HealthListener, listenForHealth } from './health-listener.js';
export { memoryConnector } from './memory-connector.js';
export { ServerMetrics } from './server-metrics.js';
export { DEFAULT_SETTINGS, type Grants, type NorthboundSettings } from './settings.js';
export { listenForWebSockets, type WebSocketListener, type WebSocketListenerOptions } from './web-socket-listener.js';
