/** The other party of a transfer, a conference or a consult call. */
import {
  type Connection,
  type ContactEvent,
  type FindAgent,
  numberArgumentOf,
  readCall,
  seatedAgent,
  textOf,
} from '../screenpop/index.js';
import type { Party } from './types.js';

/** The argument that names the other party, by event. */
const DEVICE = {
  transfer: ['TransferredDeviceID', 'TransferredDeviceIDFull'],
  conference: ['AddedPartyDeviceID', 'AddedPartyDeviceIDFull'],
  consult: ['CalledDeviceID', 'DialedNumber'],
} as const;

export function partyOf(
  event: ContactEvent,
  connection: Connection,
  kind: keyof typeof DEVICE,
  findAgent: FindAgent | undefined,
): Party {
  const args = kind === 'consult' ? { ...readCall(event), ...event.args } : event.args;
  const device = DEVICE[kind].map((keyword) => textOf(args[keyword])).find(Boolean);
  const peripheral = numberArgumentOf(connection.parts.peripheral);
  const found = device === undefined ? undefined : findAgent?.(device, peripheral);
  const agent = found && seatedAgent(found.properties(), peripheral);
  return { time: event.time, ...(device !== undefined && { device }), ...(agent && { agent }) };
}
