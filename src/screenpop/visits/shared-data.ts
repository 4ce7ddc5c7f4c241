/** Whether the data of two calls show that one is about the other. */
import type { Args } from '../../ctios/transport.js';
import { textOf } from '../arguments.js';
import type { Connection } from './visit.js';

/** What a switch copies from a call to the consult call about it, and an agent may change afterwards. */
const COPIED = /^(callvariable([1-9]|10)|callwrapupdata|callerentereddigits|user\..+|BA[A-Z].*)$/i;

/**
 * The consult call has a value of the call, and none that differs; the number of another customer is a difference,
 * too. Calls without common data may have nothing to do with each other.
 */
export function sharesData(consult: Connection, { call }: Connection): boolean {
  const own = consult.call?.properties() ?? {};
  const others = call?.properties() ?? {};
  const [ours, theirs] = [copiedOf(own), copiedOf(others)];
  const number = textOf(own.ANI) ?? '';
  // The colleague's own number shows nothing.
  if (number !== '' && number !== textOf(own.CallingDeviceID) && !consult.devices.has(number)) ours.set('ani', number);
  theirs.set('ani', textOf(others.ANI) ?? '');
  const common = [...ours].filter(([keyword]) => (theirs.get(keyword) ?? '') !== '');
  return common.length > 0 && common.every(([keyword, value]) => theirs.get(keyword) === value);
}

function copiedOf(call: Args): Map<string, string> {
  const copied = new Map<string, string>();
  for (const from of [call.ECC, call])
    if (typeof from === 'object')
      for (const [keyword, value] of Object.entries(from))
        if (COPIED.test(keyword) && typeof value !== 'object' && value !== '')
          copied.set(keyword.toLowerCase(), String(value));
  return copied;
}
