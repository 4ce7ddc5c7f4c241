/** Who calls: which keyword of a call holds the customer's number, and what it says. */
import type { Args } from '../ctios/transport.js';
import { numberOf } from './arguments.js';
import { readKeyword } from './fields.js';
import { readNumber } from './numbers/read-number.js';
import { type Caller, type NumberRules, OUTBOUND_CALL_TYPES } from './types.js';

const CUSTOMER = ['BACustomerNumber', 'CustomerPhoneNumber'] as const;
const CALLER = ['ANI', 'CallingDeviceID'] as const;

/** A call that a campaign made: its ANI is the dialer's or the agent's, the customer stands in the campaign's fields. */
export function isOutbound(call: Args): boolean {
  const type = numberOf(call.CallType);
  return (type !== undefined && OUTBOUND_CALL_TYPES.includes(type)) || has(call, 'BAStatus');
}

/**
 * @param call a call's merged properties, with the arguments of the event
 * @returns the first number that names a customer, else what was received; "withheld" only where a number was kept
 *   back, "absent" where the switch gave none
 */
export function readCaller(call: Args, rules: NumberRules = {}): Caller {
  const keywords = isOutbound(call) ? [...CUSTOMER, ...CALLER] : [...CALLER, ...CUSTOMER];
  let best: Caller | undefined;
  for (const from of keywords) {
    const received = readKeyword(call, from);
    if (received === undefined || received.trim() === '') continue;
    const number = { ...readNumber(received, rules), from };
    // A device that is not a telephone (a trunk, a port) is not the caller's number.
    if (number.kind === 'absent' || (number.kind === 'unknown' && from === 'CallingDeviceID')) continue;
    // What the caller keeps back is not looked for elsewhere.
    if (number.kind === 'public' || number.kind === 'withheld')
      return RANK[best?.kind ?? 'absent'] > 1 ? best! : number;
    if (best === undefined || RANK[number.kind] > RANK[best.kind]) best = number;
  }
  return best ?? { received: '', kind: 'absent' };
}

/** An extension is an answer; a text that could not be read gives way to a number elsewhere. */
const RANK: Record<Caller['kind'], number> = { absent: 0, unknown: 1, internal: 2, withheld: 3, public: 3 };

/** A customer does not turn into a colleague, and the device that calls changes with every transfer: that is no news. */
export function betterCaller(told: Caller, now: Caller): Caller {
  if (RANK[now.kind] !== RANK[told.kind]) return RANK[now.kind] > RANK[told.kind] ? now : told;
  return now.from === 'CallingDeviceID' ? told : now;
}

function has(call: Args, keyword: string): boolean {
  const value = readKeyword(call, keyword);
  return value !== undefined && value.trim() !== '';
}
