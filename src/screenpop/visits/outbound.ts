/** Calls of a campaign: the agent is reserved first, then the customer is connected. Both belong to one contact. */
import type { Args } from '../../ctios/transport.js';
import { callTypeOf } from '../arguments.js';
import { isOutbound } from '../caller.js';
import { readKeyword } from '../fields.js';

/** CallType of the reservation in Unified CCX (18) and Unified CCE (18, 27 to 31). */
const RESERVATIONS: ReadonlySet<number> = new Set([18, 27, 28, 29, 30, 31]);
/** Fields that identify the customer; a predictive reservation has none of them yet. */
const IDENTITY = [
  'BACustomerNumber',
  'CustomerPhoneNumber',
  'BAAccountNumber',
  'CustomerAccountNumber',
  'BADialedListID',
  'BABuddyName',
];
const REFUSED = /^(reject|skip|cancel)/i;

export function isReservationCall(call: Args): boolean {
  return RESERVATIONS.has(callTypeOf(call) ?? -1);
}

/** Whether a campaign's call identifies the customer. */
export function namesCustomer(call: Args): boolean {
  return IDENTITY.some((keyword) => textIn(call, keyword) !== undefined);
}

/** Whether the agent's own phone calls the customer for a campaign: the called party is the customer. */
export function callsCustomer(call: Args): boolean {
  return isOutbound(call) && !isReservationCall(call) && namesCustomer(call);
}

/** Whether the agent rejects this customer: no call follows. */
export function isRefused(call: Args): boolean {
  return REFUSED.test(textIn(call, 'BAResponse') ?? '');
}

/** Whether the call may be for the customer of the reservation: all fields that both have are equal. */
export function isForSameCustomer(reservation: Args, call: Args): boolean {
  return ['BADialedListID', 'BACustomerNumber', 'BAAccountNumber'].every((keyword) => {
    const [one, other] = [textIn(reservation, keyword), textIn(call, keyword)];
    return one === undefined || other === undefined || one === other;
  });
}

function textIn(call: Args, keyword: string): string | undefined {
  const value = readKeyword(call, keyword)?.trim();
  return value === '' ? undefined : value;
}
