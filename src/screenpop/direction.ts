/** Whether the customer called, was called, or is not on the line: in the same words for a pop and for a record. */
import type { Args } from '../ctios/transport.js';
import { isMadeToCustomer } from './caller.js';
import type { CallerIdentity, ContactDirection } from './types.js';

/** CallType of calls between colleagues: agent inside, assist, emergency, supervisor's. */
const INTERNAL: ReadonlySet<number> = new Set([10, 19, 20, 21, 22, 23, 24]);

/** CallType of calls that reach an agent from another one: transferred, conference, consult. They may be a customer's. */
const PASSED_ON: ReadonlySet<number> = new Set([4, 11, 12, 13, 14]);

/** Whether a call of this type comes from another agent, so that its own type does not show the direction. */
export function isPassedOn(type: number | undefined): boolean {
  return type !== undefined && PASSED_ON.has(type);
}

/** @param type CallType with which the call began */
export function directionOf(type: number | undefined, call: Args): ContactDirection {
  if (type !== undefined && INTERNAL.has(type)) return 'internal';
  return isMadeToCustomer(call, type) ? 'outbound' : 'inbound';
}

/**
 * The direction of the call with which a contact began.
 * @param isColleague whether a number belongs to a colleague. A contact that began with a consult call concerns nobody
 *   else: the customer had hung up before the phone rang
 */
export function contactDirection(
  type: number | undefined,
  call: Args,
  caller: CallerIdentity | undefined,
  isColleague: (caller: CallerIdentity) => boolean,
): ContactDirection {
  if (isPassedOn(type) && caller !== undefined && isColleague(caller)) return 'internal';
  return directionOf(type, call);
}

const RANK: Record<ContactDirection, number> = { internal: 0, inbound: 1, outbound: 2 };

/** A contact with a customer does not become one between colleagues, nor does a customer who was called become a caller. */
export function betterDirection(told: ContactDirection, now: ContactDirection): ContactDirection {
  return RANK[now] > RANK[told] ? now : told;
}
