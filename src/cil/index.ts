/** Tier 1: the Client Interface Library. Objects, promises and events over a connection to a CTI OS Server. */
export { Agent } from './agent.js';
export { Call } from './call.js';
export type { CilEvent, Dispose, EventListener } from './cil-event.js';
export type { ConnectionState } from './connection-states.js';
export { CtiosObject } from './ctios-object.js';
export type { EventHandlers, ListenerOf, Subscription } from './event-interfaces.js';
export type { EventHistory } from './history.js';
export type { Confirmation, Requester, RequestOptions, RequestTimes } from './request.js';
export { MAX_WAITING } from './request-book.js';
export type { RequestMethods } from './request-methods.js';
export { Session } from './session.js';
export type { SessionFace } from './session-face.js';
export type { AgentArgs, AgentOptions, FilterOptions, SessionOptions } from './session-options.js';
export { SilentMonitorManager } from './silent-monitor-manager.js';
export { SkillGroup } from './skill-group.js';
export type { SessionMode, SessionStatus } from './status.js';
export { type EventMask, type WaitHost, WaitObject, type WaitOptions, type WaitResult } from './wait-object.js';
export { webSocketConnector } from './web-socket-connector.js';
