/**
 * The two records: a connection, and the visit that it is part of. Their times are milliseconds since the epoch on the
 * steady clock (`common/steady-time.ts`), for durations.
 */
import type { Timer } from '../../common/clock.js';
import type { Args } from '../../ctios/transport.js';
import type { ConnectionIdentity } from '../identity.js';
import type { Pop, PopAgent } from '../types.js';

/** The time during which one agent has connections of one journey. */
export interface Visit {
  readonly key: string;
  /** The key without a number. */
  readonly name: string;
  /**
   * The customer's journey, once it is known: a consult call may begin under a journey of its own. The key does not
   * change.
   */
  journey: string;
  readonly agent: PopAgent;
  readonly number: number;
  readonly connections: Set<Connection>;
  /** The names under which it can be found: several if the journey became known later. */
  readonly names: Set<string>;
  /** The connection from which the customer's number and data are read. */
  source?: Connection;
  /** Absent if nothing has popped. */
  poppedAt?: number;
  answeredAt?: number;
  /** One of its connections ended because the agent transferred the call. */
  passedOn?: true;
  /** The content of the screen: the pop, or its last update. */
  told?: Pop;
  /** A campaign's call reserves the agent for a customer who is not on the line yet. */
  reserved?: true;
  /** Pending end: of a pre-call without a call, or of a hand-over. */
  timer?: Timer;
  /** Whether it is still undecided which process shows this contact, or another one does. */
  claim?: 'pending' | 'lost';
}

/** One Call object: a call as seen by one device. */
export interface Connection {
  /** UniqueObjectID; changes when calls are joined. */
  id: string;
  parts: ConnectionIdentity;
  /** ICMEnterpriseUniqueID, or the id derived for a call without one; absent until it is needed. */
  journey?: string;
  journeyKnown: boolean;
  /** First seen in a snapshot: its earlier events are unknown. */
  readonly found: boolean;
  /** Its beginning was read from an event stream, perhaps not for the first time. */
  readonly replayed?: true;
  readonly begun: number;
  /** The time stamp of its beginning, the same for every reader of an event stream. */
  readonly stamp: number;
  agent?: PopAgent;
  /** CallType at the beginning; joining calls changes it later. */
  type?: number;
  /** CallStatus as last reported. */
  status?: number;
  /** The side of the call that this device is on. */
  side?: 'origin' | 'target';
  /** The last event about leaving: distinguishes a transfer from a hang-up when the call ends. */
  lastWord?: 'transferred' | 'conferenced' | 'diverted' | undefined;
  /** It was transferred alone: without the consult call about it, which goes on for itself. */
  alone?: true;
  /** It continues under the id of the call with which it was joined. */
  continued?: true;
  /** When its call was joined with another, which may replace it under another id. */
  joinedAt?: number;
  /** Whether it was found ringing, rang, or was answered, and when; kept until the agent becomes known. */
  reached?: { readonly trigger: 'found' | 'delivered' | 'established'; readonly time: number };
  /** A snapshot has shown it when it no longer rang: it may have been answered unobserved. */
  passed?: true;
  /** The call with the customer that this consult call is about. */
  original?: Connection;
  /** The journey of the call that it was about, which has ended: its agent continues with that contact. */
  contact?: string;
  /** It has ended without being joined with another call. */
  hungUp?: true;
  /** The consult calls that are about this one. */
  readonly consults: Set<Connection>;
  /** The connection of the agent who dialed the call, or got it from a campaign; this one was added to it later, for example by a transfer. */
  dialed?: Connection;
  /** It calls the customer for whom its agent was reserved, and belongs to the contact of the reservation. */
  reserved?: true;
  /** ANI of a consult call at its beginning: the colleague's. */
  colleague?: string;
  /** DialedNumber of a consult call that a snapshot has shown. */
  dials?: string;
  /** Names of the device, for look-ups: the end of the id, and the instrument. */
  readonly devices: Set<string>;
  /** The Call object. */
  call?: { properties(): Args };
  visit?: Visit;
}
