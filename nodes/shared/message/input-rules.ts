/**
 * The input rules of every node that receives a message: the source of each value, and the object of a request. Defined
 * once, as tables; pure: no Node-RED, no session, no clock. The rules are documented in the help of each node: changing
 * one requires a migration.
 */
import { keywordByName, type ObjectName } from '../../../src/ctios/index.js';
import { inputError } from './errors.js';
import { type EventLookup, eventData } from './events/event-payload.js';
import { isRecord, type Message, same, textOf, wordFor } from './values.js';

export { isEvent } from './events/event-payload.js';
export { isRecord, type Message, textOf } from './values.js';

/** The properties of a request that the rules use, from its definition in the vocabulary. */
export interface RequestInput {
  readonly name: string;
  readonly object: ObjectName;
  /** Objects that offer the same request; with the Session among them it needs none. */
  readonly alsoOn?: readonly ObjectName[];
  /** Keywords it takes; `CallVariable[n]` represents the numbered ones, `ECC` also the flat `user.…` keys. */
  readonly keywords: readonly string[];
  /** Passes on keys that it does not know. */
  readonly open: boolean;
}

/** The values of the dialog, evaluated; blank ones are absent. */
export interface DialogInput {
  /** UniqueObjectID, or (for agents) an agent ID. */
  readonly object?: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The session's data that are relevant for the rules. */
export interface SessionInput extends EventLookup {
  readonly id: string;
  /** UniqueObjectIDs; only in agent mode. */
  readonly currentCall?: string;
  readonly currentAgent?: string;
  /** UniqueObjectID for an agent ID, with or without its peripheral; undefined if it is not certain. */
  agent(agentId: string, peripheralId?: string): string | undefined;
}

/** Of an event's payload, only these are read: wiring an event into a request never sends the event's data back. */
export const EVENT_KEYS = ['UniqueObjectID', 'AgentID', 'PeripheralID', 'AgentInstrument'] as const;

/**
 * Removes every secret from `msg.payload`: in place or, if a flow has frozen it, by replacing the payload.
 * @returns the secrets by keyword
 */
export function takeSecrets(msg: Message): Readonly<Record<string, string>> {
  const secrets: Record<string, string> = {};
  if (!isRecord(msg.payload)) return secrets;
  let payload: Record<string, unknown> = msg.payload;
  for (const key of Object.keys(payload)) {
    const known = keywordByName(key);
    if (known?.secret !== true) continue;
    const value = payload[key];
    if (!Reflect.deleteProperty(payload, key)) {
      payload = { ...payload };
      delete payload[key];
      msg.payload = payload;
    }
    if (value !== undefined && value !== null && value !== '') secrets[known.keyword] ??= String(value);
  }
  return secrets;
}

/** Refuses a message from another session, because its ids are not valid here. */
export function checkSession(msg: Message, session: SessionInput): void {
  const from = isRecord(msg.ctios) ? msg.ctios.session : undefined;
  if (typeof from === 'string' && from !== session.id) {
    throw inputError(
      'CTIOS_OTHER_SESSION',
      'The message comes from another CTI OS session than the one this node uses. Choose the same session in both nodes, or delete msg.ctios.',
    );
  }
}

/**
 * `msg.payload` as arguments. Absent, null and the empty string mean no arguments; of an event's own data only
 * {@link EVENT_KEYS} are read.
 */
export function payloadOf(msg: Message, session?: EventLookup): Readonly<Record<string, unknown>> {
  const { payload } = msg;
  if (payload === undefined || payload === null || payload === '') return {};
  if (!isRecord(payload)) {
    throw inputError(
      'CTIOS_BAD_PAYLOAD',
      `msg.payload is ${wordFor(payload)}. It must be an object of arguments by name, such as { "AgentID": "1001" }, or be left out.`,
    );
  }
  const own = eventData(msg, payload, session);
  return Object.fromEntries(
    Object.entries(payload).filter(([key]) => !Object.hasOwn(own, key) || EVENT_KEYS.some((each) => same(each, key))),
  );
}

/** The same where nothing has to be given: the timestamp that an inject node sends by default means no arguments. */
export function optionalPayloadOf(msg: Message): Readonly<Record<string, unknown>> {
  return typeof msg.payload === 'number' ? {} : payloadOf(msg);
}

/**
 * The arguments of a request: the dialog's values win, the others come from the payload. Names get the vocabulary's
 * spelling; keys unknown to the request are dropped, unless it takes any. The values are checked where every request
 * is:
 * in `checkArguments`.
 */
export function argumentsFor(
  request: RequestInput,
  dialog: Readonly<Record<string, unknown>>,
  payload: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fromPayload = spell(request, payload, 'msg.payload');
  const fromDialog = spell(request, dialog, 'the dialog');
  return { ...fromPayload, ...fromDialog };
}

/** The sources of a request's object, in order. The first source that has one is used. */
interface ObjectSource {
  readonly what: string;
  /** Not named explicitly: used after all sources that name an object. */
  readonly implied?: true;
  from(input: ObjectInput): string | undefined;
}
interface ObjectInput {
  readonly dialog: DialogInput;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly msg: Message;
  readonly session: SessionInput;
}

const idIn = (payload: Readonly<Record<string, unknown>>, prefix: string): string | undefined => {
  const id = textOf(payload, 'UniqueObjectID');
  return id?.toLowerCase().startsWith(prefix) ? id : undefined;
};
export const idOf = (object: unknown): string | undefined =>
  isRecord(object) ? textOf(object, 'UniqueObjectID') : undefined;

export const objectRules: Readonly<Record<ObjectName, readonly ObjectSource[]>> = {
  Call: [
    { what: 'the dialog', from: ({ dialog }) => dialog.object },
    { what: 'a UniqueObjectID of msg.payload that begins with "call."', from: ({ payload }) => idIn(payload, 'call.') },
    { what: 'msg.call', from: ({ msg }) => idOf(msg.call) },
    { what: 'the current call (agent mode)', implied: true, from: ({ session }) => session.currentCall },
  ],
  Agent: [
    {
      what: 'the dialog',
      from: ({ dialog, payload, session }) => {
        const agentId = dialog.object ?? textOf(dialog.args, 'AgentID');
        if (agentId === undefined) return undefined;
        const sameAgent = textOf(payload, 'AgentID') === agentId;
        const peripheral =
          textOf(dialog.args, 'PeripheralID') ?? (sameAgent ? textOf(payload, 'PeripheralID') : undefined);
        return agentIdToObject(agentId, peripheral, session);
      },
    },
    {
      what: 'AgentID of msg.payload',
      from: ({ dialog, payload, session }) => {
        const agentId = textOf(payload, 'AgentID');
        const peripheral = textOf(dialog.args, 'PeripheralID') ?? textOf(payload, 'PeripheralID');
        return agentId === undefined ? undefined : agentIdToObject(agentId, peripheral, session);
      },
    },
    {
      what: 'a UniqueObjectID of msg.payload that begins with "agent."',
      from: ({ payload }) => idIn(payload, 'agent.'),
    },
    { what: 'msg.agent', from: ({ msg }) => idOf(msg.agent) },
    { what: "the session's agent (agent mode)", implied: true, from: ({ session }) => session.currentAgent },
  ],
  SkillGroup: [
    { what: 'the dialog', from: ({ dialog }) => dialog.object },
    {
      what: 'a UniqueObjectID of msg.payload that begins with "skillgroup."',
      from: ({ payload }) => idIn(payload, 'skillgroup.'),
    },
    { what: 'msg.skillgroup', from: ({ msg }) => idOf(msg.skillgroup) },
  ],
  Session: [],
  SilentMonitorManager: [],
};

/**
 * Which object the request is for; undefined for requests of the session itself.
 * @throws CTIOS_NO_OBJECT if no source names one
 */
export function objectFor(
  request: RequestInput,
  dialog: DialogInput,
  msg: Message,
  payload: Readonly<Record<string, unknown>>,
  session: SessionInput,
): string | undefined {
  const { alsoOn = [] } = request;
  const all = [request.object, ...alsoOn].flatMap((each) => objectRules[each]);
  const sources = [...all.filter(({ implied }) => !implied), ...all.filter(({ implied }) => implied)];
  if (sources.length === 0) return undefined;
  for (const source of sources) {
    const id = source.from({ dialog, payload, msg, session });
    if (id !== undefined) return id;
  }
  if (alsoOn.includes('Session')) return undefined;
  const noun = { Call: 'call', Agent: 'agent', SkillGroup: 'skill group' }[request.object as string] ?? 'object';
  throw inputError(
    'CTIOS_NO_OBJECT',
    `No ${noun} to send ${request.name} to. It was looked for in ${listing(sources.map((source) => source.what))}.`,
    { request: request.name },
  );
}

/** An agent ID, or already a UniqueObjectID, as a UniqueObjectID. */
function agentIdToObject(agent: string, peripheralId: string | undefined, session: SessionInput): string {
  if (/^(agent|skillgroup)\./i.test(agent)) return agent;
  const id = session.agent(agent, peripheralId);
  if (id === undefined) {
    throw inputError(
      'CTIOS_NO_OBJECT',
      `It is not clear which agent "${agent}" is: give the PeripheralID too, or the UniqueObjectID.`,
    );
  }
  return id;
}

/** The keys of `values` in the vocabulary's spelling, without absent values and keys unknown to the request. */
function spell(
  request: RequestInput,
  values: Readonly<Record<string, unknown>>,
  where: string,
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const seen = new Map<string, string>();
  for (const [rawKey, value] of Object.entries(values)) {
    const key = keywordByName(rawKey)?.keyword ?? rawKey.trim();
    const before = seen.get(key.toLowerCase());
    if (before !== undefined) {
      throw inputError(
        'CTIOS_DUPLICATE_ARGUMENT',
        `${where} has both "${before}" and "${rawKey}", which are the same CTI OS keyword. Keep one of them.`,
        { request: request.name },
      );
    }
    seen.set(key.toLowerCase(), rawKey);
    if (value === undefined || value === null) continue;
    if (!takes(request, key)) {
      // The request's target names the object; as an argument it would be sent twice.
      if (!request.open || key === 'UniqueObjectID') continue;
    }
    Object.defineProperty(out, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return out;
}

/** Whether the request knows a keyword, including numbered ones and flat ECC keys. */
function takes(request: RequestInput, key: string): boolean {
  const family = key.replace(/\[\d+\]$/, '[n]');
  if (request.keywords.includes(key) || request.keywords.includes(family)) return true;
  // ECC variables are flat in messages: "user.Name", "user.Array[0]"; those of outbound dialing begin with "BA".
  return request.keywords.includes('ECC') && /^(user\.|BA)/i.test(key);
}

function listing(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
