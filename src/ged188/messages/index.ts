/** All messages of the protocol: the tables of the services, found by name and by number. */
import type { DecodedOf, InitFor, MessageDefinition } from '../definition/message.js';
import * as allEvents from './all-events.js';
import * as callDataUpdate from './call-data-update.js';
import * as clientControl from './client-control.js';
import * as clientEvents from './client-events.js';
import * as clientMonitor from './client-monitor.js';
import * as config from './config.js';
import * as miscellaneous from './miscellaneous.js';
import { NAME_ONLY } from './name-only.js';
import * as peripheralMonitor from './peripheral-monitor.js';
import * as server from './server.js';
import * as session from './session.js';
import * as supervisor from './supervisor.js';

/** The messages of each service, in numerical order. */
export const services = {
  session,
  'client-events': clientEvents,
  'all-events': allEvents,
  'call-data-update': callDataUpdate,
  'client-control': clientControl,
  miscellaneous,
  'peripheral-monitor': peripheralMonitor,
  'client-monitor': clientMonitor,
  supervisor,
  server,
  config,
} as const;

type Tables = typeof session &
  typeof clientEvents &
  typeof allEvents &
  typeof callDataUpdate &
  typeof clientControl &
  typeof miscellaneous &
  typeof peripheralMonitor &
  typeof clientMonitor &
  typeof supervisor &
  typeof server &
  typeof config;

/** Every message with a known layout, by its name. */
export const messages: Tables = {
  ...session,
  ...clientEvents,
  ...allEvents,
  ...callDataUpdate,
  ...clientControl,
  ...miscellaneous,
  ...peripheralMonitor,
  ...clientMonitor,
  ...supervisor,
  ...server,
  ...config,
};

/** The name of a message whose layout is known. */
export type MessageName = keyof typeof messages;

/** A message for which the codec has no layout: its number, and the bytes after the header. */
export interface UnknownMessage {
  type: 'UNKNOWN';
  number: number;
  raw: Buffer;
}

type Decoded = { [N in MessageName]: DecodedOf<(typeof messages)[N]> } & { UNKNOWN: UnknownMessage };
type Init = { readonly [N in MessageName]: InitFor<(typeof messages)[N]> } & {
  readonly UNKNOWN: { readonly type: 'UNKNOWN'; readonly number: number; readonly raw: Uint8Array };
};

/** What {@link decode} returns for a message: `MessageOf<'CALL_DELIVERED_EVENT'>`. */
export type MessageOf<N extends MessageName | 'UNKNOWN'> = Decoded[N];
/** What {@link encode} takes for a message: everything but `type` may be omitted. */
export type MessageInitOf<N extends MessageName | 'UNKNOWN'> = Init[N];

/** Any message as decoded; `switch (message.type)` narrows it. */
export type Message = Decoded[MessageName | 'UNKNOWN'];
/** Any message to encode. */
export type MessageInit = Init[MessageName | 'UNKNOWN'];

const definitions: readonly MessageDefinition[] = Object.values(messages);
const byNumber = new Map(definitions.map((definition) => [definition.number, definition]));
const byName = new Map(definitions.map((definition) => [definition.name, definition]));
const names = new Map<number, string>([
  ...NAME_ONLY.map(({ number, name }) => [number, name] as const),
  ...definitions.map(({ number, name }) => [number, name] as const),
]);

/** The table of a message; undefined if no layout is known. */
export const definitionOf = (message: string | number): MessageDefinition | undefined =>
  typeof message === 'number' ? byNumber.get(message) : byName.get(message);

/** The name of a message number, even one without a known layout; undefined if the guide has none. */
export const messageName = (number: number): string | undefined => names.get(number);
