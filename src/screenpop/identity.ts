/**
 * The names of journeys, agents and visits. Each is derived from what every process that sees the call sees, never from
 * a counter in memory: two Node-REDs, or one before and after a restart, come to the same key.
 */
import { createHash } from 'node:crypto';

/** An agent by what identifies it: an AgentID alone may exist on several peripherals. */
export interface AgentIdentity {
  readonly id: string;
  readonly peripheral?: number;
}

/** What a call without an ICMEnterpriseUniqueID is known by. */
export interface UnroutedCall {
  readonly peripheral: string;
  /** ConnectionCallID; a switch uses it again, usually from midnight on. */
  readonly callId: string;
  /** When the call was first seen, in milliseconds since the epoch. */
  readonly begun: number;
  /** The caller's number as received when the call was first seen, where there was one. */
  readonly number?: string | undefined;
}

/** A UniqueObjectID of a call, taken apart: `call.<PeripheralID>.<ConnectionCallID>.<ConnectionDeviceID>`. */
export interface ConnectionIdentity {
  readonly peripheral: string;
  readonly callId: string;
  /** May itself contain dots, or be empty. */
  readonly device: string;
}

/** @returns undefined where the id is not a call's */
export function connectionIdentity(uniqueObjectId: string): ConnectionIdentity | undefined {
  const [kind, peripheral, callId, ...device] = uniqueObjectId.split('.');
  if (kind !== 'call' || peripheral === undefined || callId === undefined) return undefined;
  return { peripheral, callId, device: device.join('.') };
}

/**
 * The journey of a call that no router knows: "call.5000.100.20261128.3f9a1c". Call ids are used again, so the day
 * (UTC) on which it began and a digest of the caller's number are part of it; the digest does not give the number away.
 */
export function unroutedJourney({ peripheral, callId, begun, number }: UnroutedCall): string {
  const day = new Date(begun).toISOString().slice(0, 10).replace(/-/g, '');
  const caller = number === undefined || number === '' ? '' : `.${digest(number)}`;
  return `call.${peripheral}.${callId}.${day}${caller}`;
}

/** "5000.1001" */
export function agentKey({ id, peripheral }: AgentIdentity): string {
  return `${peripheral ?? ''}.${id}`;
}

/**
 * The once-only key of one agent's visit to a journey: "icm.153.7/5000.1001/100.2001".
 *
 * @param first UniqueObjectID of the agent's first connection of this visit; absent where the visit begins before the
 *   call reaches the phone (a pre-call event)
 */
export function visitKey(journey: string, agent: AgentIdentity, first: string | undefined): string {
  const connection = first === undefined ? undefined : connectionIdentity(first);
  const begin = connection === undefined ? (first ?? 'precall') : `${connection.callId}.${connection.device}`;
  return [journey, agentKey(agent), begin].map(escaped).join('/');
}

/** A slash separates the parts of a key, so none stands inside one. */
function escaped(part: string): string {
  return part.replace(/[%/]/g, encodeURIComponent);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}
