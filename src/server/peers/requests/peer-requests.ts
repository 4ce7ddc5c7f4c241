/**
 * The requests between peers, as a table: the fields of each request and of its response. Types, checks of received
 * messages and the page on the protocol are derived from it. A field whose name ends in "?" may be absent.
 */
import type { Args } from '../../../ctios/transport.js';
import { isPlainObject } from '../../../ctios/values.js';

/** `text`: at most 1,024 characters; `args`: CTI OS keywords with their values; a list: one of these values. */
export type FieldType = 'text' | 'number' | 'args' | readonly string[];
export type PeerFields = Readonly<Record<string, FieldType>>;

export interface PeerRequestDefinition {
  readonly does: string;
  readonly body: PeerFields;
  readonly answer: PeerFields;
}

const defineAsks = <const Table extends Record<string, PeerRequestDefinition>>(table: Table): Table => table;

export const peerAsks = defineAsks({
  DeliverChat: {
    does: 'Hands a chat message to the desktops that an agent has at the peer.',
    body: {
      SourcePeripheralID: 'number',
      Source: 'text',
      'PeripheralID?': 'number',
      'AgentID?': 'text',
      'LoginName?': 'text',
      'Level?': 'text',
      Distribution: 'text',
      Message: 'text',
    },
    answer: { Result: ['delivered', 'no desktop', 'not allowed'] },
  },
  CountDesktops: {
    does: 'Tells how many desktops an agent has at the peer.',
    body: { PeripheralID: 'number', AgentID: 'text' },
    answer: { Desktops: 'number' },
  },
  ShareAuthenticated: {
    does: 'Says which agents have authenticated themselves at which addresses, so that guessing at the peer cannot lock them out there.',
    body: { Places: 'text' },
    answer: {},
  },
  ListeningBegan: {
    does: 'Says that a supervisor listens to an agent (Unified CM).',
    body: { Supervisor: 'text', Target: 'text', Connection: 'text', 'Call?': 'text' },
    answer: {},
  },
  ListeningEnded: {
    does: 'Says that a supervisor listens no more (Unified CM).',
    body: { Connection: 'text' },
    answer: {},
  },
  StartSilentMonitor: {
    does: 'Asks the desktops that an agent has at the peer to be listened to (CTI OS).',
    body: { PeripheralID: 'number', AgentID: 'text', SMSessionKey: 'number', Session: 'args' },
    answer: { Desktops: 'number' },
  },
  AcceptSilentMonitor: {
    does: 'Says that a desktop has accepted to be listened to; for the peer whose desktop asked.',
    body: { SMSessionKey: 'number' },
    answer: { Result: ['accepted', 'no session'] },
  },
  LeaveSilentMonitor: {
    does: 'Says that the desktop that is listened to is gone, or the last one that was asked; for the peer whose desktop asked.',
    body: { SMSessionKey: 'number' },
    answer: {},
  },
  StopSilentMonitor: {
    does: 'Ends a silent monitor session: by request, or, with a StatusCode, because of what became of the one who listens.',
    body: { SMSessionKey: 'number', 'StatusCode?': 'number' },
    answer: {},
  },
});

type PeerAsks = typeof peerAsks;
export type PeerRequestName = keyof PeerAsks;

type ValueOf<Type> = Type extends 'text'
  ? string
  : Type extends 'number'
    ? number
    : Type extends 'args'
      ? Args
      : Type extends readonly (infer Word)[]
        ? Word
        : never;

type DataOf<Table extends PeerFields> = {
  [Key in keyof Table as Key extends `${string}?` ? never : Key]: ValueOf<Table[Key]>;
} & {
  [Key in keyof Table as Key extends `${infer Name}?` ? Name : never]?: ValueOf<Table[Key]>;
};

export type BodyOf<Name extends PeerRequestName> = DataOf<PeerAsks[Name]['body']>;
export type AnswerOf<Name extends PeerRequestName> = DataOf<PeerAsks[Name]['answer']>;

export function isAskName(name: string): name is PeerRequestName {
  return Object.hasOwn(peerAsks, name);
}

/** Maximum length of a text. */
const MAX_LENGTH = 1_024;

/**
 * Reads the fields of a request or a response; other fields are dropped.
 * @returns the data, or a sentence that describes the error
 */
export function readPeerFields(fields: PeerFields, data: unknown): Record<string, unknown> | string {
  if (!isPlainObject(data)) return 'its data must be an object';
  const read: Record<string, unknown> = {};
  for (const [key, type] of Object.entries(fields)) {
    const optional = key.endsWith('?');
    const name = optional ? key.slice(0, -1) : key;
    const value = data[name];
    if (value === undefined) {
      if (!optional) return `${name} is missing`;
      continue;
    }
    const wrong = problem(type, value);
    if (wrong !== undefined) return `${name} ${wrong}`;
    read[name] = value;
  }
  return read;
}

function problem(type: FieldType, value: unknown): string | undefined {
  if (typeof type !== 'string') {
    return type.includes(value as string) ? undefined : `must be one of: ${type.join(', ')}`;
  }
  switch (type) {
    case 'text':
      if (typeof value !== 'string') return 'must be a string';
      return value.length > MAX_LENGTH ? `may have at most ${MAX_LENGTH} characters` : undefined;
    case 'number':
      return typeof value === 'number' ? undefined : 'must be a number';
    default:
      return isArgs(value) ? undefined : 'must be an object of texts, numbers and truth values';
  }
}

/** Flat: no request has arguments within arguments. */
function isArgs(value: unknown): boolean {
  return (
    isPlainObject(value) && Object.values(value).every((each) => ['string', 'number', 'boolean'].includes(typeof each))
  );
}
