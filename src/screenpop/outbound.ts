/** Calls of a campaign: the agent is reserved first, then the customer is connected. Both are one contact. */
import type { Args } from '../ctios/transport.js';
import { numberOf } from './arguments.js';
import { isOutbound } from './caller.js';
import { readKeyword } from './fields.js';

/** CallType of the reservation in Unified CCX (18) and Unified CCE (18, 27 to 31). */
const RESERVATIONS: ReadonlySet<number> = new Set([18, 27, 28, 29, 30, 31]);
/** Fields that name the customer; a predictive reservation has none of them as yet. */
const IDENTITY = [
  'BACustomerNumber',
  'CustomerPhoneNumber',
  'BAAccountNumber',
  'CustomerAccountNumber',
  'BADialedListID',
  'BABuddyName',
];
const REFUSED = /^(reject|skip|cancel)/i;

export function isReservation(call: Args): boolean {
  return RESERVATIONS.has(numberOf(call.CallType) ?? -1);
}

/** A campaign's call that says for whom it is. */
export function namesCustomer(call: Args): boolean {
  return IDENTITY.some((keyword) => textIn(call, keyword) !== undefined);
}

/** A campaign's call to the customer from the agent's own phone: the one who is called is the customer. */
export function callsCustomer(call: Args): boolean {
  return isOutbound(call) && !isReservation(call) && namesCustomer(call);
}

/** The agent does not want this customer: no call follows. */
export function isRefused(call: Args): boolean {
  return REFUSED.test(textIn(call, 'BAResponse') ?? '');
}

/** Whether the call may be for the customer that the reservation was for: nothing that both name differs. */
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
