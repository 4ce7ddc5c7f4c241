/**
 * What goes into a screen pop and what comes out of it. Plain JSON-safe data throughout: the bodies below are fit to
 * be posted to a CRM webhook as they are.
 */
import type { Args } from '../ctios/transport.js';

/** What the screen pop looks at: an event of the session (a `CilEvent` is one). */
export interface ContactEvent {
  /** "OnCallDelivered" */
  readonly event: string;
  readonly args: Args;
  /** The Call object after the event; its merged properties. */
  readonly call?: { properties(): Args };
  /** The agent on the device, where there is one. */
  readonly agent?: { properties(): Args };
  /** Milliseconds since the epoch at receipt. */
  readonly time: number;
  /** Learned from a snapshot, not seen happen. */
  readonly recovered?: true;
  readonly replayed?: true;
}

/** When to pop: before the phone rings, when it rings, when the agent has answered. */
export type Trigger = 'precall' | 'delivered' | 'established';

/** One line of the mapping: the call's keyword, and the name under which it is wanted. */
export interface FieldMapping {
  /** A keyword of the Call object, case does not matter: "CallVariable1", "user.CustomerTier", "CallerEnteredDigits". */
  readonly from: string;
  /** "accountNumber" */
  readonly to: string;
}

/** How the numbers of a site are to be read. */
export interface NumberRules {
  /** Country of numbers without a country code, ISO 3166: "US", "DE". Absent: only numbers that begin with + have E.164. */
  readonly region?: string;
  /** Digits that the switch puts before a number, e.g. "9" for an outside line. The longest that fits is taken off. */
  readonly prefixes?: readonly string[];
  /** Digits that the switch puts before a number with a country code, beside the country's own ("00", "011"). */
  readonly internationalPrefixes?: readonly string[];
  /** Numbers of at most so many digits are extensions of this site (default 5). */
  readonly internalDigits?: number;
  /** Longer extensions: "2xxxxx", "+1206555xxxx", "7[0-4]xxxx", "200000-299999". */
  readonly internalPatterns?: readonly string[];
  /** What the switch of this site says of a number that is kept back, in addition to the usual: "Unbekannt", "0000". */
  readonly withheldWords?: readonly string[];
}

export interface ScreenPopSettings extends NumberRules {
  /** Default "delivered". */
  readonly trigger?: Trigger;
  /** Pop calls that are found ringing in a snapshot: at the start, or after the link was lost. Default false. */
  readonly popRinging?: boolean;
  /** CallTypes that pop; default {@link DEFAULT_CALL_TYPES}. */
  readonly callTypes?: readonly number[];
  /** Only these agents: "1001", or "5000.1001" with the peripheral; empty or absent: every agent the session sees. */
  readonly agents?: readonly string[];
  /** Named fields taken from the call; empty: every call variable and ECC variable that has a value, by its keyword. */
  readonly fields?: readonly FieldMapping[];
  /** Deep link into the CRM: "https://crm.example.com/find?phone={e164}&account={accountNumber}". */
  readonly url?: string;
}

export type NumberKind =
  /** a telephone number of the world; it has `e164` */
  | 'public'
  /** an extension of the site */
  | 'internal'
  /** kept back by the caller or the network */
  | 'withheld'
  /** the switch gave none */
  | 'absent'
  /** there is something that could not be read */
  | 'unknown';

/** A number as the switch gave it, and as the world writes it. */
export interface PhoneNumber {
  /** As received: "92065550101". Empty when there was none. */
  readonly received: string;
  readonly kind: NumberKind;
  /** "+12065550101"; only of a public number that could be read. */
  readonly e164?: string;
  /** For people, in the country's own style: "(206) 555-0101". */
  readonly national?: string;
  /** ISO 3166, where the number tells it: "US". */
  readonly country?: string;
  /** Digits behind the number that choose a telephone there: "123" of "206-555-0101 x123". */
  readonly extension?: string;
}

/** The caller's number, and which keyword of the call it was read from. */
export interface Caller extends PhoneNumber {
  /** "ANI", "CallingDeviceID", "BACustomerNumber", "CustomerPhoneNumber"; absent if the switch gave no number. */
  readonly from?: string;
}

export interface PopAgent {
  readonly id: string;
  readonly peripheral?: number;
  readonly instrument?: string;
  readonly name?: string;
}

/** The part that both bodies share: by `key` the end finds its pop. */
export interface Contact {
  /** Idempotency key, derived from journey, agent and the visit's first connection: the same in every process. */
  readonly key: string;
  /** ICMEnterpriseUniqueID, else what the call is known by without one; that of the customer's call for a consult. */
  readonly journey: string;
  /** 1 for the first time this process sees this contact with this agent, 2 when it came back, and so on. */
  readonly visit: number;
  /** ISO 8601 */
  readonly time: string;
  readonly agent: PopAgent;
}

/** Output 1. */
export interface Pop extends Contact {
  readonly event: 'pop';
  readonly trigger: Trigger;
  readonly caller: Caller;
  /** The number that was dialed, as the switch gives it. */
  readonly dialed?: string;
  readonly call: {
    /** UniqueObjectID; absent before the call reaches the phone. */
    readonly id?: string;
    readonly type?: number;
    /** CallStatus: 2 ringing, 3 talking. */
    readonly status?: number;
    readonly skillGroup?: number;
  };
  /** Call variables under the names of the mapping. */
  readonly fields: Record<string, string>;
  readonly url?: string;
}

/** Output 1, too: the number or the fields of a contact that is on the screen became known, or changed. */
export interface Update extends Omit<Pop, 'event'> {
  readonly event: 'update';
}

/** How a visit ended. */
export type EndReason =
  /** the caller hung up, or the call was withdrawn, before the agent answered */
  | 'abandoned'
  /** not answered in time, or diverted: it rings elsewhere now */
  | 'redirected'
  /** the agent passed it on */
  | 'transferred'
  /** the conversation is over for this agent */
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

/** Calls that bring a customer to an agent: ACD, transferred, overflow, offered, consult, conference, call-back. */
export const INBOUND_CALL_TYPES: readonly number[] = [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 41];
/**
 * Calls of a campaign: preview and reservation of either family, and the customer's call (CallType 27 to 37 of Unified
 * CCE).
 */
export const OUTBOUND_CALL_TYPES: readonly number[] = [17, 18, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37];
/** What pops unless the user chooses. A call on a second line (non-ACD, 38) is the agent's own. */
export const DEFAULT_CALL_TYPES: readonly number[] = [...INBOUND_CALL_TYPES, ...OUTBOUND_CALL_TYPES];
