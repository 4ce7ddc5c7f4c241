/**
 * Inputs and outputs of the screen pop. Plain JSON-safe data throughout: the bodies below can be posted to a CRM
 * webhook unchanged.
 */
import type { Args } from '../ctios/transport.js';

/** The input: an event of the session (a `CilEvent` is one). */
export interface ContactEvent {
  /** "OnCallDelivered" */
  readonly event: string;
  readonly args: Args;
  /** The Call object after the event; its merged properties. */
  readonly call?: { properties(): Args };
  /** The agent at the device, if any. */
  readonly agent?: { properties(): Args };
  /** Time of receipt, in milliseconds since the epoch; of an event from a stream, when it was published. */
  readonly time: number;
  /** The same on the monotonic clock. */
  readonly at?: number;
  /** The time stamp, if `time` continues although the machine's clock was set. */
  readonly stamp?: number;
  /** Learned from a snapshot, not observed. */
  readonly recovered?: true;
  readonly replayed?: true;
}

/** Events that carry data of the call. */
export const DATA_EVENTS: ReadonlySet<string> = new Set([
  'OnCallBegin',
  'OnCallDataUpdate',
  'OnCallTransferred',
  'OnCallConferenced',
  'OnSnapshotCallConf',
]);

/** A call that already existed, as the snapshot of a session would report it. */
export function foundCall(call: { properties(): Args }, time: number): ContactEvent {
  return { event: 'OnSnapshotCallConf', args: call.properties(), call, time, recovered: true };
}

/** When to pop: before the phone rings, when it rings, or when the agent has answered. */
export type Trigger = 'precall' | 'delivered' | 'established';

/** One line of the mapping: a keyword of the call, and the name of the resulting field. */
export interface FieldMapping {
  /** A keyword of the Call object, case-insensitive: "CallVariable1", "user.CustomerTier", "CallerEnteredDigits". */
  readonly from: string;
  /** "accountNumber" */
  readonly to: string;
}

/** How to read the numbers of a site. */
export interface NumberRules {
  /** Country of numbers without a country code, ISO 3166: "US", "DE". Absent: only numbers that begin with + have E.164. */
  readonly region?: string;
  /** Digits that the switch puts before a number, for example "9" for an outside line. The longest match is removed. */
  readonly prefixes?: readonly string[];
  /**
   * Digits that the switch puts before a number with a country code, in addition to the country's own ("00", "011").
   */
  readonly internationalPrefixes?: readonly string[];
  /** Numbers of at most this many digits are extensions of this site (default 5). */
  readonly internalDigits?: number;
  /** Longer extensions: "2xxxxx", "+1206555xxxx", "7[0-4]xxxx", "200000-299999". */
  readonly internalPatterns?: readonly string[];
  /** Texts that this site's switch sends for a withheld number, in addition to the usual ones: "Unbekannt", "0000". */
  readonly withheldWords?: readonly string[];
}

export interface ScreenPopSettings extends NumberRules {
  /** Default "delivered". */
  readonly trigger?: Trigger;
  /** Pop calls that are ringing in a snapshot: at startup, or after the link was lost. Default false. */
  readonly popRinging?: boolean;
  /** CallTypes that pop; default {@link DEFAULT_CALL_TYPES}. */
  readonly callTypes?: readonly number[];
  /**
   * Restricts the pops to these agents: "1001", or "5000.1001" with the peripheral; empty or absent: every agent the
   * session sees.
   */
  readonly agents?: readonly string[];
  /** Restricts the pops to the agents of these teams (TeamIDs); empty or absent: all agents, with or without a team. */
  readonly teams?: readonly string[];
  /** Named fields taken from the call; empty: every call variable and ECC variable that has a value, by its keyword. */
  readonly fields?: readonly FieldMapping[];
  /** Deep link into the CRM: "https://crm.example.com/find?phone={e164}&account={accountNumber}". */
  readonly url?: string;
}

export type NumberKind =
  /** A public telephone number; it has `e164`. */
  | 'public'
  /** An extension of the site. */
  | 'internal'
  /** Withheld by the caller or the network. */
  | 'withheld'
  /** The switch provided none. */
  | 'absent'
  /** A value that could not be read. */
  | 'unknown';

/** A number as received from the switch, and in normalized form. */
export interface PhoneNumber {
  /** As received: "92065550101". Empty if there was none. */
  readonly received: string;
  readonly kind: NumberKind;
  /** "+12065550101"; only for a public number that could be read. */
  readonly e164?: string;
  /** For display, in the country's own format: "(206) 555-0101". */
  readonly national?: string;
  /** ISO 3166, if the number determines it: "US". */
  readonly country?: string;
  /** Digits after the number that select a phone there: "123" of "206-555-0101 x123". */
  readonly extension?: string;
}

/** The caller's number, and the keyword of the call from which it was read. */
export interface CallerIdentity extends PhoneNumber {
  /** "ANI", "CallingDeviceID", "BACustomerNumber", "CustomerPhoneNumber"; absent if the switch provided no number. */
  readonly from?: string;
}

export interface PopAgent {
  readonly id: string;
  readonly peripheral?: number;
  readonly instrument?: string;
  readonly name?: string;
}

/** The members shared by both bodies: the end has the `key` of its pop. */
export interface Contact {
  /**
   * Idempotency key, derived from the journey, the agent and the visit's first connection: the same in every process.
   */
  readonly key: string;
  /** ICMEnterpriseUniqueID, otherwise the id derived for a call without one; for a consult, the customer's call's. */
  readonly journey: string;
  /** 1 for the first time this process sees this contact with this agent, 2 for the next visit, and so on. */
  readonly visit: number;
  /** ISO 8601 */
  readonly time: string;
  readonly agent: PopAgent;
}

/** Whether the customer called, an agent or a campaign called the customer, or only colleagues are on the line. */
export type ContactDirection = 'inbound' | 'outbound' | 'internal';

/** Output 1. */
export interface Pop extends Contact {
  readonly event: 'pop';
  readonly trigger: Trigger;
  readonly caller: CallerIdentity;
  /** The dialed number, as received from the switch. */
  readonly dialed?: string;
  /**
   * The number that was called, if an agent or a campaign has called the customer, and absent if that is not known;
   * otherwise the caller.
   */
  readonly customer: CallerIdentity;
  /** Of the call with which the contact began, as in the contact's record: a call that an agent dialed stays outbound. */
  readonly direction: ContactDirection;
  readonly call: {
    /** UniqueObjectID; absent before the call reaches the phone. */
    readonly id?: string;
    readonly type?: number;
    /** CallStatus: 2 ringing, 3 talking. */
    readonly status?: number;
    readonly skillGroup?: number;
  };
  /** Call variables under the mapped names. */
  readonly fields: Record<string, string>;
  readonly url?: string;
}

/** Output 1, too: the number or the fields of a contact on the screen were updated. */
export interface Update extends Omit<Pop, 'event'> {
  readonly event: 'update';
}

/** How a visit ended. */
export type EndReason =
  /** The caller hung up, or the call was withdrawn, before the agent answered. */
  | 'abandoned'
  /** Not answered in time, or diverted: it now rings elsewhere. */
  | 'redirected'
  /** Transferred by the agent. */
  | 'transferred'
  /** The conversation is over for this agent. */
  | 'ended';

/** Output 2. */
export interface Ended extends Contact {
  readonly event: 'ended';
  readonly reason: EndReason;
  readonly call: { readonly id?: string };
  /** Seconds between the pop and the answer; absent if it was not answered. */
  readonly ringSeconds?: number;
  /** Seconds from the answer to the end; absent if it was not answered. */
  readonly talkSeconds?: number;
}

/** Calls that connect a customer to an agent: ACD, transferred, overflow, offered, consult, conference, call-back. */
export const INBOUND_CALL_TYPES: readonly number[] = [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 41];
/**
 * Calls of a campaign: preview and reservation of either family, and the customer's call (CallType 27 to 37 of Unified
 * CCE).
 */
export const OUTBOUND_CALL_TYPES: readonly number[] = [17, 18, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37];
/** Calls that an agent dials to the outside: they do not pop. */
export const AGENT_OUT_CALL_TYPES: readonly number[] = [7, 8, 9];
/** The default for what pops. A call on a second line (non-ACD, 38) is the agent's own. */
export const DEFAULT_CALL_TYPES: readonly number[] = [...INBOUND_CALL_TYPES, ...OUTBOUND_CALL_TYPES];
