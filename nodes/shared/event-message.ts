/** The message of an event, as the message contract has it: built for one receiver, from nobody's live data. */
import type { CilEvent } from '../../src/cil/index.js';
import { type Args, enumName, eventByName, type KeywordSpec, keywords } from '../../src/ctios/index.js';
import type { ObjectViews } from './held-events.js';
import { shapeCopy } from './shape-copy.js';

export interface EventMessage {
  topic: string;
  payload: Args;
  call?: Args;
  agent?: Args;
  skillgroup?: Args;
  ctios: EventInfo;
  [property: string]: unknown;
}

export interface EventInfo {
  /** Id of the config node. */
  session: string;
  interface: string;
  event: string;
  objectId?: string;
  agentId?: string;
  /** Milliseconds since the epoch, at receipt. */
  time: number;
  sequence: number;
  recovered?: true;
  /** The enumerations of the payload in words. */
  names: Record<string, string>;
}

/** Keywords whose values are secrets are in no message; ECC variables are there by their own names. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'ECC',
  ...Object.entries<KeywordSpec>(keywords)
    .filter(([, spec]) => spec.secret)
    .map(([name]) => name),
]);

/** @param through the interface that the receiver listens to; with 'AllInOne' the event's own first one is told */
export function eventMessage(event: CilEvent, objects: ObjectViews, session: string, through: string): EventMessage {
  const { args } = event;
  const message: EventMessage = {
    topic: event.event,
    payload: copyArgs(args),
    ctios: {
      session,
      interface: through === 'AllInOne' ? (event.interfaces[0] ?? through) : through,
      event: event.event,
      time: event.time,
      sequence: event.sequence,
      names: namesOf(event.event, args),
    },
  };
  if (objects.call !== undefined) message.call = copyArgs(objects.call);
  if (objects.agent !== undefined) message.agent = copyArgs(objects.agent);
  if (objects.skillgroup !== undefined) message.skillgroup = copyArgs(objects.skillgroup);
  const { ctios } = message;
  if (event.objectId !== undefined) ctios.objectId = event.objectId;
  const agentId = args.AgentID ?? objects.agent?.AgentID;
  if (agentId !== undefined) ctios.agentId = String(agentId);
  if (event.recovered) ctios.recovered = true;
  return message;
}

/** A copy down to the leaves, without secrets, and with the ECC variables flat: "user.Name". */
export function copyArgs(args: Readonly<Args>): Args {
  const out = shapeCopy(args, copyNested, LEFT_OUT) as Args;
  const { ECC } = args;
  return typeof ECC === 'object' ? Object.assign(out, copyArgs(ECC)) : out;
}

const copyNested = (value: object): Args => copyArgs(value as Args);

/** Which keywords of an event are enumerations: looked up once per event, not once per message. */
const enumerated = new Map<string, ReadonlyArray<readonly [keyword: string, enumeration: string]>>();

function enumsOf(event: string): ReadonlyArray<readonly [string, string]> {
  let found = enumerated.get(event);
  if (found === undefined) {
    found = (eventByName(event)?.params ?? []).flatMap(({ keyword, enum: name }) =>
      name === undefined ? [] : [[keyword, name] as const],
    );
    enumerated.set(event, found);
  }
  return found;
}

/** The enumerations among an event's arguments in words: `{ AgentState: 'Available' }`. */
export function namesOf(event: string, args: Readonly<Args>): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [keyword, enumeration] of enumsOf(event)) {
    const value = args[keyword];
    if (typeof value !== 'number' && typeof value !== 'string') continue;
    const word = enumName(enumeration, value);
    if (word !== undefined) names[keyword] = word;
  }
  return names;
}
