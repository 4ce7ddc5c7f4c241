/**
 * The types of the vocabulary's tables. The tables are the only source of these definitions: types, checks, editor
 * lists, help and reference pages are derived from them.
 */
import type { Args } from './transport.js';

/** Types of the guide. SHORT and INT have 16 and 32 bits, signed or unsigned: the guide does not distinguish them. */
export type ValueType = 'STRING' | 'INT' | 'UINT' | 'SHORT' | 'USHORT' | 'BOOL' | 'ARGUMENTS';

/** The TypeScript type of a value. */
export type ArgumentValueOf<Type extends ValueType> = Type extends 'STRING'
  ? string
  : Type extends 'BOOL'
    ? boolean
    : Type extends 'ARGUMENTS'
      ? Args
      : number;

export interface KeywordSpec {
  readonly type: ValueType;
  /** The name of the enumeration of its values. */
  readonly enum?: string;
  /** The maximum length of a value in a request, in characters. */
  readonly max?: number;
  /** Never written to a log, a message or an error. */
  readonly secret?: true;
  /** Other spellings in the guide: accepted, never sent. */
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

/** An event as defined in its table. */
export interface EventSpec {
  readonly interfaces: readonly InterfaceName[];
  /**
   * The number for `MessageID` in a filter: that of the relayed CTI Server message, otherwise one of our own ({@link
   * ownId}).
   */
  readonly id: number;
  /**
   * The source of the event: relayed from the CTI Server, created by the object server, or created by the client
   * library.
   */
  readonly origin: 'ctiserver' | 'ctios' | 'cil';
  /** The CTI Server messages that cause it. */
  readonly ged188?: readonly string[];
  readonly when: string;
  /**
   * Keywords that the guide lists as always present. A value unknown to both the switch and the object is nevertheless
   * omitted.
   */
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Keywords with a special meaning in this event. */
  readonly refine?: Readonly<Record<string, Partial<Pick<KeywordSpec, 'enum' | 'meaning'>>>>;
  readonly notes?: readonly string[];
  /** Other spellings in the guide and in known programs: accepted, never sent. */
  readonly aka?: readonly string[];
  /** Declared by the guide, which states that it never fires. */
  readonly supported?: false;
  /** Cannot be named in a message filter. */
  readonly filterable?: false;
  /** Fires only with Unified CCE. */
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

/** The definition of a request in its table. */
export interface RequestSpec {
  readonly object: ObjectName;
  /** Objects in addition to `object` that support the request. */
  readonly alsoOn?: readonly ObjectName[];
  readonly does: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly refine?: Readonly<Record<string, Partial<Pick<KeywordSpec, 'enum' | 'meaning' | 'max'>>>>;
  /** At least one keyword of each of these groups is required. */
  readonly oneOf?: readonly (readonly string[])[];
  /** The confirmation event; absent if the guide names none. */
  readonly conf?: string;
  /** Events that report its failure. */
  readonly failure?: readonly string[];
  /** Events that show that the switch has carried it out; the first is the one to wait for. */
  readonly followOn: readonly string[];
  /** The CTI Server messages that it is translated to. */
  readonly ged188?: readonly string[];
  readonly node: RequestNode;
  readonly group: RequestGroup;
  readonly modes: readonly ('agent' | 'monitor')[];
  /** For supervisors only. */
  readonly supervisor?: true;
  /** Changes something at the switch: a monitor-mode session requires the server's permission. */
  readonly controls?: true;
  /** The values of CallStatus that allow it; absent: any. */
  readonly callStatus?: readonly number[];
  /** The confirmation contains the new call's UniqueObjectID. */
  readonly makesCall?: true;
  /** Additional keys are passed on unchanged. */
  readonly open?: true;
  readonly notes?: readonly string[];
  /** Other spellings in the guide: accepted, never sent. */
  readonly aka?: readonly string[];
}

export interface EnumValueSpec {
  /** Absent if the guide names it without a number. */
  readonly value?: number | string;
  readonly meaning?: string;
  /** Other names for the same value. */
  readonly aka?: readonly string[];
}

export interface EnumSpec {
  /** `mask`: values are bits; `strings`: texts; `names`: names without published numbers. */
  readonly kind: 'enum' | 'mask' | 'strings' | 'names';
  /** Prefixes that are removed for display: `LCS_ALERTING` is "Alerting". */
  readonly prefix?: readonly string[];
  readonly notes?: readonly string[];
  readonly values: Readonly<Record<string, EnumValueSpec>>;
}

/**
 * The bit that distinguishes events created by CTI OS from relayed ones: 0x20000000 + the message number (the guide
 * prints 536871027 = + 115).
 */
const OWN_EVENT = 0x20000000;

/**
 * The number of an event without a CTI Server message. Numbers from 1000 on are defined by this project, not by Cisco.
 */
export function ownId(number: number): number {
  return OWN_EVENT + number;
}

// Each returns its argument, to check a table against its type while preserving its literal types.
export const defineKeywords = <const Table extends Record<string, KeywordSpec>>(table: Table): Table => table;
export const defineEvents = <const Table extends Record<string, EventSpec>>(table: Table): Table => table;
export const defineMonitored = <const Table extends Record<string, MonitoredSpec>>(table: Table): Table => table;
export const defineRequests = <const Table extends Record<string, RequestSpec>>(table: Table): Table => table;
export const defineEnum = <const Spec extends EnumSpec>(spec: Spec): Spec => spec;
