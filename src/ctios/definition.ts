/**
 * The forms in which the vocabulary is written down. The tables are the only owners of its facts: types, checks,
 * editor lists, help and reference pages are derived from them.
 */
import type { Args } from './transport.js';

/** Types of the guide. SHORT and INT are held as 16 and 32 bits, signed or unsigned: the guide mixes them freely. */
export type ValueType = 'STRING' | 'INT' | 'UINT' | 'SHORT' | 'USHORT' | 'BOOL' | 'ARGUMENTS';

/** What a value of the type is in TypeScript. */
export type ArgumentValueOf<Type extends ValueType> = Type extends 'STRING'
  ? string
  : Type extends 'BOOL'
    ? boolean
    : Type extends 'ARGUMENTS'
      ? Args
      : number;

export interface KeywordSpec {
  readonly type: ValueType;
  /** Name of the enumeration that its numbers come from. */
  readonly enum?: string;
  /** Longest value that a request may carry, in characters. */
  readonly max?: number;
  /** Never in a log, a message or an error. */
  readonly secret?: true;
  /** Other spellings of the guide: accepted, never sent. */
  readonly aka?: readonly string[];
  readonly meaning: string;
}

export type ObjectName = 'Session' | 'Agent' | 'Call' | 'SkillGroup' | 'SilentMonitorManager';

export type InterfaceName =
  | 'ISessionEvents'
  | 'ICallEvents'
  | 'IAgentEvents'
  | 'ISkillGroupEvents'
  | 'IButtonEnablementEvents'
  | 'IMonitoredAgentEvents'
  | 'IMonitoredCallEvents'
  | 'ISilentMonitorEvents';

/** An event as its table says it. */
export interface EventSpec {
  readonly interfaces: readonly InterfaceName[];
  /** Number for `MessageID` in a filter: the CTI Server message it relays, else one of our own ({@link ownId}). */
  readonly id: number;
  /** Who makes it: relayed from the CTI Server, made by the object server, or by the client library. */
  readonly origin: 'ctiserver' | 'ctios' | 'cil';
  /** Messages of the CTI Server behind it. */
  readonly ged188?: readonly string[];
  readonly when: string;
  /** Keywords that the guide prints as always present. What neither the switch nor the object knows is left out all the same. */
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Where a keyword means something particular in this event. */
  readonly refine?: Readonly<Record<string, Partial<Pick<KeywordSpec, 'enum' | 'meaning'>>>>;
  readonly notes?: readonly string[];
  /** Other spellings of the guide and of known programs: accepted, never sent. */
  readonly aka?: readonly string[];
  /** Declared by the guide, which says that it never fires. */
  readonly supported?: false;
  /** May not be named in a message filter. */
  readonly filterable?: false;
  /** Fires with Unified CCE only. */
  readonly cceOnly?: true;
}

export interface MonitoredSpec {
  readonly twinOf: string;
  readonly interfaces: readonly InterfaceName[];
  readonly id: number;
  readonly aka?: readonly string[];
}

/** The palette node that offers a request. Any request can also be sent by name with `ctios-request`. */
export type RequestNode = 'ctios-call' | 'ctios-agent' | 'ctios-request' | 'ctios-session';

/** How a palette node groups its requests. */
export type RequestGroup =
  | 'call control'
  | 'transfer and conference'
  | 'call data'
  | 'recording'
  | 'state'
  | 'calls for help'
  | 'statistics'
  | 'supervisor'
  | 'chat'
  | 'session'
  | 'silent monitor';

/** A request as its table says it. */
export interface RequestSpec {
  readonly object: ObjectName;
  /** Objects that offer the same request beside `object`. */
  readonly alsoOn?: readonly ObjectName[];
  readonly does: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly refine?: Readonly<Record<string, Partial<Pick<KeywordSpec, 'enum' | 'meaning' | 'max'>>>>;
  /** At least one of each of these groups has to be there. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Confirmation event; absent where the guide names none. */
  readonly conf?: string;
  /** Events that fail it. */
  readonly failure?: readonly string[];
  /** Events that show that the switch did it; the first is the one to wait for. */
  readonly followOn: readonly string[];
  /** Messages that it becomes at the CTI Server. */
  readonly ged188?: readonly string[];
  readonly node: RequestNode;
  readonly group: RequestGroup;
  readonly modes: readonly ('agent' | 'monitor')[];
  /** For supervisors only. */
  readonly supervisor?: true;
  /** Changes something at the switch: a monitor-mode session needs the server's leave for it. */
  readonly controls?: true;
  /** CallStatus a call has to have for it; any where absent. */
  readonly callStatus?: readonly number[];
  /** The new call's UniqueObjectID comes back with the confirmation. */
  readonly makesCall?: true;
  /** Keys beside the known ones are passed on as they are. */
  readonly open?: true;
  readonly notes?: readonly string[];
  /** Other spellings of the guide: accepted, never sent. */
  readonly aka?: readonly string[];
}

export interface EnumValueSpec {
  /** Absent where the guide names it without a number. */
  readonly value?: number | string;
  readonly meaning?: string;
  /** Other names for the same value. */
  readonly aka?: readonly string[];
}

export interface EnumSpec {
  /** `mask`: values are bits; `strings`: words; `names`: names without published numbers. */
  readonly kind: 'enum' | 'mask' | 'strings' | 'names';
  /** Start of the names that words for people leave out: `LCS_ALERTING` is "Alerting". */
  readonly prefix?: readonly string[];
  readonly notes?: readonly string[];
  readonly values: Readonly<Record<string, EnumValueSpec>>;
}

/** Bit that tells events made by CTI OS from relayed ones: 0x20000000 + the message number (the guide prints 536871027 = + 115). */
const OWN_EVENT = 0x20000000;

/** Number of an event that no CTI Server message gives a number to. Numbers from 1000 on are this project's, not Cisco's. */
export function ownId(number: number): number {
  return OWN_EVENT + number;
}

// Each returns its argument: they check a table against its form and keep its literal types.
export const defineKeywords = <const Table extends Record<string, KeywordSpec>>(table: Table): Table => table;
export const defineEvents = <const Table extends Record<string, EventSpec>>(table: Table): Table => table;
export const defineMonitored = <const Table extends Record<string, MonitoredSpec>>(table: Table): Table => table;
export const defineRequests = <const Table extends Record<string, RequestSpec>>(table: Table): Table => table;
export const defineEnum = <const Spec extends EnumSpec>(spec: Spec): Spec => spec;
