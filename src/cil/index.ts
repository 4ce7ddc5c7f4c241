/** Tier 1: the Client Interface Library. Objects, promises and events over a connection to a CTI OS Server. */

export { type NamedAgent, noSession } from './agents/agent-names.js';
export type { AgentSession } from './agents/agent-session.js';
export {
  AgentSessions,
  type AgentSessionsOptions,
  DEFAULT_AGENT_LIMIT,
} from './agents/agent-sessions.js';
export type { ConnectionState } from './connection/connection-states.js';
export { webSocketConnector } from './connection/web-socket-connector.js';
export type { CilEvent, CilEventOf, Dispose, EventListener } from './events/cil-event.js';
export type { EventHandlers, ListenerOf, Subscription } from './events/event-interfaces.js';
export type { EventHistory } from './events/history.js';
export { type EventMask, type WaitHost, WaitObject, type WaitOptions, type WaitOutcome } from './events/wait-object.js';
export { Agent } from './objects/agent.js';
export { Call } from './objects/call.js';
export { CtiosObject } from './objects/ctios-object.js';
export type { PreviousValues } from './objects/previous-values.js';
export type { Confirmation, Requester, RequestOptions, RequestTimes } from './objects/request.js';
export type { RequestMethods } from './objects/request-methods.js';
export { SkillGroup } from './objects/skill-group.js';
export type { StateSince } from './objects/state-since.js';
export { MAX_WAITING } from './requests/pending-requests.js';
export { Session } from './session.js';
export type { SessionApi, SessionApi as SessionFace } from './session-api.js';
export type { AgentArgs, AgentOptions, FilterOptions, SessionOptions } from './session-options.js';
export { SilentMonitorManager } from './silent-monitor-manager.js';
export type { SessionMode, SessionStatus } from './status.js';
