/** The known data of a contact, from the connection that shows the customer and from the call it is about. */
import type { Args } from '../../ctios/transport.js';
import type { ContactEvent } from '../types.js';
import type { Connection } from './visit.js';

/** Data taken from the consult call; the caller and the dialed number are those of the original call. */
const OWN_DATA = /^(callvariable([1-9]|10)|callwrapupdata|user\..+|BA[A-Z].*)$/i;
const OWN_STATE = ['CallType', 'CallStatus', 'SkillGroupNumber'];
/** Limit for a consult about a consult about a consult ... */
const MAX_DEPTH = 5;

/** @param event its arguments are newer than the object's */
export function contactData(connection: Connection | undefined, event: ContactEvent | undefined): Args {
  if (connection === undefined) return { ...event?.call?.properties(), ...event?.args };
  const own = { ...connection.call?.properties(), ...(isAbout(event, connection) && event!.args) };
  const { original, visit } = connection;
  // A customer who has hung up stays on the current screen, but does not pop on another.
  if (original === undefined || (original.hungUp && visit?.told === undefined)) return own;
  return followed(connection, own, 0);
}

/** The connection of whoever first had the customer: of the call that a consult call is about, and of the agent who dialed it. */
export function callWithCustomer(connection: Connection): Connection {
  let found = connection;
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const { original } = found;
    if (original === undefined || (original.hungUp && (depth > 0 || connection.visit?.told === undefined))) break;
    found = original;
  }
  return found.dialed ?? found;
}

function isAbout(event: ContactEvent | undefined, { id }: Connection): boolean {
  return event !== undefined && event.args.UniqueObjectID === id;
}

function followed(consult: Connection, own: Args, depth: number): Args {
  const { original, colleague } = consult;
  if (original === undefined || (original.hungUp && depth > 0) || depth > MAX_DEPTH) return own;
  const data = { ...followed(original, original.call?.properties() ?? {}, depth + 1) };
  const mine = (keyword: string, value: unknown) => OWN_DATA.test(keyword) && value !== '' && typeof value !== 'object';
  for (const [keyword, value] of Object.entries(own)) if (mine(keyword, value)) data[keyword] = value;
  for (const keyword of OWN_STATE) if (own[keyword] !== undefined) data[keyword] = own[keyword];
  data.ECC = { ...eccOf(data), ...eccOf(own) };
  // After the calls are joined, the switch gives the customer's number to the consult call itself.
  if (own.ANI !== undefined && own.ANI !== '' && own.ANI !== colleague && colleague !== undefined) data.ANI = own.ANI;
  return data;
}

function eccOf({ ECC }: Args): Args {
  if (typeof ECC !== 'object') return {};
  return Object.fromEntries(Object.entries(ECC).filter(([, value]) => value !== ''));
}
