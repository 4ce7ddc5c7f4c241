/** The CTI OS Server: objects over one link to a CTI Server, offered to client sessions. */

export {
  type AcceptedClient,
  type AgentCheck,
  type AuditEntry,
  type ClientLink,
  type ClientSession,
  ClientSessions,
  type ClientSessionsOptions,
  type Grants,
  type HealthListener,
  listenForHealth,
  listenForWebSockets,
  memoryConnector,
  type NorthboundSettings,
  ServerMetrics,
  type WebSocketListener,
  type WebSocketListenerOptions,
} from './northbound/index.js';
export type {
  AgentClaim,
  Audience,
  ObjectServer,
  ObjectServerRequester,
  ObjectServerRequester as Requester,
  Publication,
  RequestResult,
  ServerSystemStatus,
  ServerSystemStatus as SystemStatus,
} from './object-server.js';
export { createObjectServer, type ObjectServerOptions } from './objects/object-server.js';
export { type ChatLevel, type DeskLists, defaultSettings, type ObjectServerSettings } from './settings.js';
export { createLink } from './southbound/link.js';
export type { CtiLink, LinkDown, LinkInfo, LinkUp } from './southbound/link-api.js';
export { checkCharset, type LinkReport, type LinkSettings } from './southbound/settings.js';
