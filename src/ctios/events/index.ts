import type { EventSpec, InterfaceName, KeywordSpec, MonitoredSpec } from '../definition.js';
import type { EventNames, KeywordValues } from '../documented-names.js';
import { type Keyword, keywords } from '../keywords.js';
import type { ArgValue } from '../transport.js';
import { agentEvents } from './agent.js';
import { buttonEnablementEvents } from './button-enablement.js';
import { callEvents } from './call.js';
import { callConfirmationEvents } from './call-confirmation.js';
import { extensionEvents } from './extensions.js';
import { monitoredEvents } from './monitored.js';
import { sessionEvents } from './session.js';
import { silentMonitorEvents } from './silent-monitor.js';
import { skillGroupEvents } from './skill-group.js';

const ordinaryEvents = {
  ...sessionEvents,
  ...callEvents,
  ...callConfirmationEvents,
  ...agentEvents,
  ...skillGroupEvents,
  ...buttonEnablementEvents,
  ...silentMonitorEvents,
  ...extensionEvents,
};

type Ordinary = typeof ordinaryEvents;
type Monitored = typeof monitoredEvents;

/** All events of CTI OS, and `OnConnectionGap`, which is defined by this project. */
export type EventName = keyof Ordinary | keyof Monitored;

/** The events of an interface. */
export type EventsOf<Interface extends InterfaceName> =
  | { [Name in keyof Ordinary]: Interface extends Ordinary[Name]['interfaces'][number] ? Name : never }[keyof Ordinary]
  | {
      [Name in keyof Monitored]: Interface extends Monitored[Name]['interfaces'][number] ? Name : never;
    }[keyof Monitored];

type KeywordsOf<Name> = Name extends keyof Ordinary
  ? Ordinary[Name]['required'][number] | Ordinary[Name]['optional'][number]
  : never;

/** Expands `SkillGroup[n]` to `SkillGroup[1]`, `SkillGroup[2]` ... */
type Numbered<Key extends string> = Key extends `${infer Stem}[n]` ? `${Stem}[${number}]` : Key;

/** Picked instead of mapped, so that a keyword keeps its description. */
type ArgsFor<Keys extends string> = Partial<
  Pick<KeywordValues, Exclude<Extract<Keys, keyof KeywordValues>, `${string}[n]`>>
> & {
  readonly [Key in Extract<Keys, `${string}[n]`> as Numbered<Key>]: Key extends keyof KeywordValues
    ? KeywordValues[Key]
    : never;
};

/**
 * The arguments of an event. Only `UniqueObjectID` is always present, on events of an object: values unknown to both
 * the switch and the server's object are omitted. ECC variables are next to them. Any other keyword is an error.
 */
export type EventArgs<Name extends EventName> = (Name extends keyof Monitored
  ? ArgsFor<KeywordsOf<Monitored[Name]['twinOf']> | 'Monitored'>
  : ArgsFor<KeywordsOf<Name>>) & {
  readonly UniqueObjectID?: string;
  readonly [variable: `user.${string}`]: ArgValue;
};

/** The events by name, with their descriptions. */
export type { EventNames };

/** A keyword of an event or request, with its definition there. */
export interface ParamDefinition extends KeywordSpec {
  readonly keyword: string;
  readonly optional: boolean;
}

/** An event with its complete definition. */
export interface EventDefinition {
  readonly name: EventName;
  readonly interfaces: readonly InterfaceName[];
  /** The number for `MessageID` in a filter. */
  readonly eventId: number;
  readonly origin: 'ctiserver' | 'ctios' | 'cil';
  readonly ged188: readonly string[];
  readonly when: string;
  readonly params: readonly ParamDefinition[];
  readonly notes: readonly string[];
  readonly aliases: readonly string[];
  readonly supported: boolean;
  /** Can be named in a monitor-mode filter. */
  readonly monitorMode: boolean;
  /** For a supervisor's copy of an event: the ordinary event. */
  readonly twinOf?: EventName;
  readonly cceOnly: boolean;
}

/** The definition of a keyword in a message that may refine it. */
export function paramsOf(spec: Pick<EventSpec, 'required' | 'optional' | 'refine'>): ParamDefinition[] {
  const param = (keyword: string, optional: boolean): ParamDefinition => ({
    ...keywords[keyword as Keyword],
    ...spec.refine?.[keyword],
    keyword,
    optional,
  });
  return [
    ...spec.required.map((keyword) => param(keyword, false)),
    ...spec.optional.map((keyword) => param(keyword, true)),
  ];
}

function ordinary(name: EventName, spec: EventSpec): EventDefinition {
  return {
    name,
    interfaces: spec.interfaces,
    eventId: spec.id,
    origin: spec.origin,
    ged188: spec.ged188 ?? [],
    when: spec.when,
    params: paramsOf(spec),
    notes: spec.notes ?? [],
    aliases: spec.aka ?? [],
    supported: spec.supported !== false,
    monitorMode: spec.filterable !== false,
    cceOnly: spec.cceOnly === true,
  };
}

function monitored(name: EventName, spec: MonitoredSpec, twin: EventDefinition): EventDefinition {
  return {
    ...twin,
    name,
    interfaces: spec.interfaces,
    eventId: spec.id,
    when: `${twin.name}, for an agent or a call that a supervisor monitors`,
    params: [...twin.params, { ...keywords.Monitored, keyword: 'Monitored', optional: false }],
    aliases: spec.aka ?? [],
    monitorMode: false,
    twinOf: twin.name,
    cceOnly: true,
  };
}

function expand(): Record<EventName, EventDefinition> {
  const table: Record<string, EventDefinition> = {};
  for (const [name, spec] of Object.entries<EventSpec>(ordinaryEvents)) table[name] = ordinary(name as EventName, spec);
  for (const [name, spec] of Object.entries<MonitoredSpec>(monitoredEvents)) {
    table[name] = monitored(name as EventName, spec, table[spec.twinOf]!);
  }
  return table as Record<EventName, EventDefinition>;
}

/** All events by name. */
export const events: Readonly<Record<EventName, EventDefinition>> = expand();

const byAnyName = new Map<string, EventDefinition>();
const byId = new Map<number, EventDefinition>();
for (const event of Object.values(events)) {
  byId.set(event.eventId, event);
  for (const alias of event.aliases) byAnyName.set(alias.toLowerCase(), event);
}
// A name takes precedence over an alias.
for (const event of Object.values(events)) {
  byAnyName.set(event.name.toLowerCase(), event);
  byAnyName.set(event.name, event);
}

/** Finds an event by its name or one of its aliases, case-insensitively. */
export function eventByName(name: string): EventDefinition | undefined {
  // Looked up for every event by its exact name: only users write it differently.
  return byAnyName.get(name) ?? byAnyName.get(name.trim().toLowerCase());
}

/** Finds an event by its number. */
export function eventById(id: number): EventDefinition | undefined {
  return byId.get(id);
}

/** The interfaces, in the order of the guide. */
export const interfaces = [
  'ISessionEvents',
  'ICallEvents',
  'IAgentEvents',
  'ISkillGroupEvents',
  'IButtonEnablementEvents',
  'IMonitoredAgentEvents',
  'IMonitoredCallEvents',
  'ISilentMonitorEvents',
] as const satisfies readonly InterfaceName[];

/** The events of an interface. */
export function eventsOf(name: InterfaceName): EventDefinition[] {
  return Object.values(events).filter((event) => event.interfaces.includes(name));
}
