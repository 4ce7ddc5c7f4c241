/** The caller and the customer: the keyword of a call that has the number, and how to read it. */
import type { Args } from '../ctios/transport.js';
import { DeviceIDType } from '../ged188/constants/call.js';
import { callTypeOf, numberArgumentOf } from './arguments.js';
import { readKeyword } from './fields.js';
import { readNumber } from './numbers/read-number.js';
import { AGENT_OUT_CALL_TYPES, type CallerIdentity, type NumberRules, OUTBOUND_CALL_TYPES } from './types.js';

const CUSTOMER: readonly string[] = ['BACustomerNumber', 'CustomerPhoneNumber'];
/** The number that an agent dialed. */
const DIALED: readonly string[] = ['DialedNumber', 'DNIS'];
const CALLER = ['ANI', 'CallingDeviceID'] as const;
const AUTO_OUT = 7;

export const NOBODY: CallerIdentity = { received: '', kind: 'absent' };

/**
 * A call made by a campaign: its ANI is the dialer's or the agent's; the customer is in the campaign's fields. The
 * CallType is enough: an event may lack the fields.
 * @param began CallType with which the call began; a transfer changes it
 */
export function isOutbound(call: Args, began?: number): boolean {
  return isOfCampaign(began) || isOfCampaign(callTypeOf(call)) || has(call, 'BAStatus');
}

/** Whether a call of this type is a campaign's, one that the dialer makes (auto out, 7) included. */
function isOfCampaign(type: number | undefined): boolean {
  return type === AUTO_OUT || (type !== undefined && OUTBOUND_CALL_TYPES.includes(type));
}

/** Whether a campaign or an agent has called the customer: who calls is then not the customer. */
export function isMadeToCustomer(call: Args, type: number | undefined): boolean {
  return isOutbound(call, type) || (type !== undefined && AGENT_OUT_CALL_TYPES.includes(type));
}

/**
 * @param call a call's merged properties, with the arguments of the event
 * @param type CallType with which the contact began. For a campaign's call, the switch's number is not the caller's; an
 *   extension is told, because nobody takes it for a customer's
 * @returns the first number that identifies a customer, otherwise the received text; "withheld" only if a number was
 *   withheld, "absent" if the switch provided none
 */
export function readCaller(call: Args, rules: NumberRules = {}, type?: number): CallerIdentity {
  if (!isOutbound(call, type)) return readFirst(call, [...CALLER, ...CUSTOMER], rules);
  // If the customer's number cannot be read, the dialer's is not the customer's.
  const customer = readFirst(call, CUSTOMER, rules);
  if (customer.kind !== 'absent') return customer;
  const other = readFirst(call, CALLER, rules);
  return other.kind === 'internal' ? other : NOBODY;
}

/**
 * The customer of a call that was made to one: for a campaign, the customer in its fields; for a call that an agent
 * dialed, the dialed number.
 * @param type CallType with which the call began
 * @returns undefined if nobody called a customer, or if the number is not known
 */
export function readCalled(
  call: Args,
  type: number | undefined = callTypeOf(call),
  rules: NumberRules = {},
): CallerIdentity | undefined {
  if (isOutbound(call, type)) {
    const customer = readFirst(call, CUSTOMER, rules);
    if (customer.kind !== 'absent') return customer;
  }
  if (type === undefined || !AGENT_OUT_CALL_TYPES.includes(type)) return undefined;
  return readDialed(call, rules);
}

/** @returns undefined if the dialed number is not known */
export function readDialed(call: Args, rules: NumberRules = {}): CallerIdentity | undefined {
  const dialed = readFirst(call, DIALED, rules);
  return dialed.kind === 'absent' ? undefined : dialed;
}

function readFirst(call: Args, keywords: readonly string[], rules: NumberRules): CallerIdentity {
  let best: CallerIdentity | undefined;
  for (const from of keywords) {
    const received = readKeyword(call, from);
    if (received === undefined || received.trim() === '' || (from === 'CallingDeviceID' && !isPhone(call))) continue;
    const number = { ...readNumber(received, rules), from };
    // A device that is not a phone (a trunk, a port) is not the caller's number.
    if (number.kind === 'absent' || (number.kind === 'unknown' && from === 'CallingDeviceID')) continue;
    // If the caller withholds the number, no other keyword is used.
    if (number.kind === 'public' || number.kind === 'withheld')
      return RANK[best?.kind ?? 'absent'] > 1 ? best! : number;
    if (best === undefined || RANK[number.kind] > RANK[best.kind]) best = number;
  }
  return best ?? NOBODY;
}

/** Devices that nobody calls from: "17" is a trunk then, not an extension. */
const NO_PHONE: readonly number[] = [
  DeviceIDType.DEVID_TRUNK_IDENTIFIER,
  DeviceIDType.DEVID_TRUNK_GROUP_IDENTIFIER,
  DeviceIDType.DEVID_CTI_PORT,
  DeviceIDType.DEVID_ROUTE_POINT,
  DeviceIDType.DEVID_QUEUE,
];

function isPhone(call: Args): boolean {
  return !NO_PHONE.includes(numberArgumentOf(readKeyword(call, 'CallingDeviceIDType')) ?? DeviceIDType.DEVID_NONE);
}

/** An extension is a valid result; unreadable text is skipped if another keyword has a number. */
const RANK: Record<CallerIdentity['kind'], number> = { absent: 0, unknown: 1, internal: 2, withheld: 3, public: 3 };

/**
 * A customer does not become a colleague, and the calling device changes with every transfer: neither counts as a
 * change.
 */
export function betterCaller(told: CallerIdentity, now: CallerIdentity): CallerIdentity {
  if (RANK[now.kind] !== RANK[told.kind]) return RANK[now.kind] > RANK[told.kind] ? now : told;
  return now.from === 'CallingDeviceID' ? told : now;
}

/** The customer who was called stays the same when the call is passed on; a campaign may dial another number of theirs. */
export function betterCalled(told: CallerIdentity | undefined, now: CallerIdentity | undefined) {
  if (told === undefined || now === undefined) return now ?? told;
  if (RANK[now.kind] !== RANK[told.kind]) return RANK[now.kind] > RANK[told.kind] ? now : told;
  return CUSTOMER.includes(now.from ?? '') ? now : told;
}

/** A customer whom an agent has dialed is not replaced by the number from which the call comes. */
export function betterCustomer(told: CallerIdentity, now: CallerIdentity): CallerIdentity {
  return DIALED.includes(told.from ?? '') ? (betterCalled(told, now) ?? told) : betterCaller(told, now);
}

function has(call: Args, keyword: string): boolean {
  const value = readKeyword(call, keyword);
  return value !== undefined && value.trim() !== '';
}
