/**
 * The names of journeys, agents and visits. They are derived from data that every process receives, never from a
 * counter in memory, so that two Node-RED instances, or one before and after a restart, derive the same key.
 */
import { createHash } from 'node:crypto';

/** The identity of an agent: an AgentID alone may exist on several peripherals. */
export interface AgentIdentity {
  readonly id: string;
  readonly peripheral?: number;
}

/** The identity of a call without an ICMEnterpriseUniqueID. */
export interface UnroutedCall {
  readonly peripheral: string;
  /** ConnectionCallID, which a switch reuses, usually from midnight on. */
  readonly callId: string;
  /** When the call was first seen, in milliseconds since the epoch. */
  readonly begun: number;
  /** The caller's number as received when the call was first seen, if there was one. */
  readonly number?: string | undefined;
}

/** The parts of a call's UniqueObjectID: `call.<PeripheralID>.<ConnectionCallID>.<ConnectionDeviceID>`. */
export interface ConnectionIdentity {
  readonly peripheral: string;
  readonly callId: string;
  /** May itself contain dots, or be empty. */
  readonly device: string;
}

/** @returns undefined if the id is not a call's */
export function connectionIdentity(uniqueObjectId: string): ConnectionIdentity | undefined {
  const [kind, peripheral, callId, ...device] = uniqueObjectId.split('.');
  if (kind !== 'call' || peripheral === undefined || callId === undefined) return undefined;
  return { peripheral, callId, device: device.join('.') };
}

/**
 * The journey of a call that was not routed: "call.5000.100.20261128.3f9a1c". Call ids are reused, so the day (UTC) on
 * which it began and a digest of the caller's number are part of it; the digest does not reveal the number.
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
 * @param first UniqueObjectID of the agent's first connection of this visit; absent if the visit begins before the call
 *   reaches the phone (a pre-call event)
 */
export function visitKey(journey: string, agent: AgentIdentity, first: string | undefined): string {
  const connection = first === undefined ? undefined : connectionIdentity(first);
  const begin = connection === undefined ? (first ?? 'precall') : `${connection.callId}.${connection.device}`;
  return [journey, agentKey(agent), begin].map(escaped).join('/');
}

/** A slash separates the parts of a key, so it is escaped within a part. */
function escaped(part: string): string {
  return part.replace(/[%/]/g, encodeURIComponent);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}
