/**
 * `msg.ctios` of the nodes that send messages of their own. A test compares the keys with the help of each node; that of
 * an event is `EventInfo`.
 */
import type { EventInfo } from './events/event-message.js';

type Basis = 'session' | 'time' | 'sequence';

/** Of `ctios-call`, `ctios-agent` and `ctios-request`. */
export type ActionInfo = Pick<EventInfo, Basis | 'objectId' | 'agentId' | 'peripheralId' | 'traceparent'> &
  Partial<Pick<EventInfo, 'names'>>;
export type PopInfo = Pick<EventInfo, Basis | 'objectId' | 'agentId' | 'replayed' | 'traceparent'>;
export type ContactInfo = Pick<EventInfo, Basis | 'objectId' | 'agentId' | 'traceparent'>;
export type WatchInfo = Pick<EventInfo, Basis | 'objectId' | 'agentId' | 'names' | 'lag' | 'traceparent'>;
export type SimulateInfo = Pick<EventInfo, Basis>;
