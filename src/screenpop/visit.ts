/** The two records of the bookkeeping: a connection, and the visit that it is part of. */
import type { Timer } from '../common/clock.js';
import type { Args } from '../ctios/transport.js';
import type { ConnectionIdentity } from './identity.js';
import type { Pop, PopAgent } from './types.js';

/** The time during which one agent has connections of one journey. */
export interface Visit {
  readonly key: string;
  /** The customer's, once that is known: a consult call may begin under a journey of its own. The key stays. */
  journey: string;
  readonly agent: PopAgent;
  readonly number: number;
  readonly connections: Set<Connection>;
  /** The names it can be found by: more than one where the journey became known later. */
  readonly names: Set<string>;
  /** The connection that the customer's number and data are read from. */
  source?: Connection;
  /** Milliseconds since the epoch; absent as long as nothing popped. */
  poppedAt?: number;
  answeredAt?: number;
  /** One of its connections ended because the agent passed the call on. */
  passedOn?: true;
  /** What the screen shows: the pop, or its last update. */
  told?: Pop;
  /** A campaign's call keeps the agent for a customer, who is not on the line yet. */
  reserved?: true;
  /** Pending end: of a pre-call without a call, or of a hand-over. */
  timer?: Timer;
  /** Who shows this contact is being settled, or another process does. */
  claim?: 'pending' | 'lost';
}

/** One Call object: a call as one device sees it. */
export interface Connection {
  /** UniqueObjectID; changes when calls are joined. */
  id: string;
  parts: ConnectionIdentity;
  /** ICMEnterpriseUniqueID, or what the call is known by without one; absent until it is asked for. */
  journey?: string;
  journeyKnown: boolean;
  /** First seen in a snapshot: what happened to it before is unknown. */
  readonly found: boolean;
  /** Milliseconds since the epoch. */
  readonly begun: number;
  agent?: PopAgent;
  /** CallType at the beginning; joining calls changes it later. */
  type?: number;
  /** CallStatus as last told. */
  status?: number;
  /** Which end of the call this device is. */
  side?: 'origin' | 'target';
  /** What was last said about leaving: tells a transfer from a hang-up when the call ends. */
  lastWord?: 'transferred' | 'conferenced' | 'diverted' | undefined;
  /** It goes on under the id of the call that it was joined with. */
  continued?: true;
  /** When its call was joined with another, which may take its place under another id. */
  joinedAt?: number;
  /** It rang, or was answered, and when: what waits for the agent to become known. */
  reached?: { readonly trigger: 'delivered' | 'established'; readonly time: number };
  /** The call with the customer that this consult call is about. */
  original?: Connection;
  /** It is over, and was not joined with another call. */
  hungUp?: true;
  /** The consult calls that are about this one. */
  readonly consults: Set<Connection>;
  /** ANI of a consult call as it began: the colleague's. */
  colleague?: string;
  /** Names of the device, for the search: what ends the id, and the instrument. */
  readonly devices: Set<string>;
  /** The Call object. */
  call?: { properties(): Args };
  visit?: Visit;
}
