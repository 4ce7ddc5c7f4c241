/** Tier 1: the Client Interface Library. Objects, promises and events over a connection to a CTI OS Server. */
export { Agent } from './agent.js';
export { Call } from './call.js';
export type { CilEvent, Dispose, EventListener } from './cil-event.js';
export type { ConnectionState } from './connection-states.js';
export { CtiosObject } from './ctios-object.js';
export type { Confirmation, Requester, RequestOptions, RequestTimes } from './request.js';
export type { FilterOptions, SessionFace, SessionOptions } from './session.js';
export { SkillGroup } from './skill-group.js';
export type { SessionMode, SessionStatus } from './status.js';
