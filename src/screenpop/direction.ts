/** Whether the customer called, was called, or is not on the line: in the same words for a pop and for a record. */
import type { Args } from '../ctios/transport.js';
import { isMadeToCustomer, isOutbound, readDialed } from './caller.js';
import type { CallerIdentity, ContactDirection, NumberRules } from './types.js';
import type { Connection } from './visits/visit.js';

/** CallType of calls between colleagues: agent inside, assist, emergency, supervisor's. */
const INTERNAL: ReadonlySet<number> = new Set([10, 19, 20, 21, 22, 23, 24]);

/** CallType of calls that reach an agent from another one: transferred, conference, consult. They may be a customer's. */
const PASSED_ON: ReadonlySet<number> = new Set([4, 11, 12, 13, 14]);

/** CallType of a call from an agent to the outside. */
const OUT = 9;

/** What the first connection of a contact shows about who called. */
export type CallBeginning = Partial<Pick<Connection, 'type' | 'side' | 'agent'>>;

/** Whether a call of this type comes from another agent, so that its own type does not show the direction. */
export function isPassedOn(type: number | undefined): boolean {
  return type !== undefined && PASSED_ON.has(type);
}

/** The CallType; if the switch states none, that of a call to the outside for one that an agent has dialed. */
export function evidentType(beginning: CallBeginning | undefined): number | undefined {
  return beginning?.type ?? (isDialedByAgent(beginning) ? OUT : undefined);
}

/**
 * The direction of the call with which a contact began.
 * @param isColleague whether a number belongs to a colleague. A contact that began with a consult call concerns nobody
 *   else: the customer had hung up before the phone rang
 * @returns undefined if nothing shows it: the call has no CallType, and its beginning was not observed
 */
export function contactDirection(
  beginning: CallBeginning | undefined,
  call: Args,
  caller: CallerIdentity | undefined,
  isColleague: (number: CallerIdentity) => boolean,
  rules: NumberRules,
): ContactDirection | undefined {
  const type = beginning?.type;
  const isFromColleague = caller !== undefined && isColleague(caller);
  if (isPassedOn(type) && isFromColleague) return 'internal';
  if (type !== undefined && INTERNAL.has(type)) return 'internal';
  if (type !== undefined || isOutbound(call)) return isMadeToCustomer(call, type) ? 'outbound' : 'inbound';
  if (isDialedByAgent(beginning)) {
    const dialed = readDialed(call, rules);
    return dialed !== undefined && isColleague(dialed) ? 'internal' : 'outbound';
  }
  if (beginning?.side !== 'target') return undefined;
  return isFromColleague ? 'internal' : 'inbound';
}

function isDialedByAgent(beginning: CallBeginning | undefined): boolean {
  return beginning?.side === 'origin' && beginning.agent !== undefined;
}

const RANK: Record<ContactDirection, number> = { internal: 0, inbound: 1, outbound: 2 };

/** A contact with a customer does not become one between colleagues, nor does a customer who was called become a caller. */
export function betterDirection(told: ContactDirection, now: ContactDirection): ContactDirection {
  return RANK[now] > RANK[told] ? now : told;
}
