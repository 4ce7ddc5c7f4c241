/** The content of contact records. Plain JSON-safe data: a record can be posted to a CRM unchanged. */
import type {
  CallerIdentity,
  Contact,
  ContactDirection,
  EndReason,
  FieldMapping,
  NumberRules,
  PopAgent,
} from '../screenpop/index.js';

export type { ContactDirection };

export interface ContactSettings extends NumberRules {
  /** CallTypes that are recorded; default {@link RECORDED_CALL_TYPES}. */
  readonly callTypes?: readonly number[];
  /**
   * Restricts the records to these agents: "1001", or "5000.1001" with the peripheral; empty or absent: every agent the
   * session sees.
   */
  readonly agents?: readonly string[];
  /** Named fields taken from the call; empty: every call variable and ECC variable that has a value, by its keyword. */
  readonly fields?: readonly FieldMapping[];
  /** When an agent's segment is recorded: with its wrap-up, or as soon as the call is over. Default "wrapup". */
  readonly when?: 'wrapup' | 'ended';
  /** Maximum wrap-up time to wait for. Default {@link DEFAULT_MAX_WRAPUP_MS}. */
  readonly maxWrapupMs?: number;
}

export const DEFAULT_MAX_WRAPUP_MS = 300_000;

/** The other party of a transfer, a conference or a consult call. */
export interface Party {
  /** The time of the transfer, the conference, or the start of the consult call, in milliseconds since the epoch. */
  readonly time: number;
  /** The number or the device as named by the switch; absent if there is none. */
  readonly device?: string;
  /** The agent there, if known. */
  readonly agent?: PopAgent;
}

/** A reason code of the agent's state at that time. */
export interface StateReason {
  readonly time: number;
  /** AgentState: 2 not ready, 5 and 6 wrap-up. */
  readonly state: number;
  readonly code: number;
  /** The site's text for it, if known. */
  readonly text?: string;
}

/** A recording whose beginning was observed. */
export interface CallRecording {
  readonly began: number;
  /** Absent if its end was not observed. */
  readonly ended?: number;
  /** The SIP address of the recorder, otherwise its address; absent if the switch reports none. */
  readonly recorder?: string;
  /** The recorder's identifier of the call. */
  readonly reference?: string;
}

/** A time during which the session was not connected. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Values that may be unknown: such a value is listed in `unknown` and absent. */
export type UnknownValue =
  | 'began'
  | 'answered'
  | 'ended'
  | 'queueSeconds'
  | 'ringSeconds'
  | 'talkSeconds'
  | 'holdSeconds'
  | 'consultSeconds'
  | 'wrapupSeconds'
  | 'holds'
  | 'reason'
  | 'customer'
  | 'direction';

/** Durations in seconds, with milliseconds as decimals. An unknown value is absent and listed in `unknown`. */
export interface Durations {
  readonly queueSeconds?: number;
  readonly ringSeconds?: number;
  readonly talkSeconds?: number;
  readonly holdSeconds?: number;
  /** Consult calls made by the agent about this contact. */
  readonly consultSeconds?: number;
  readonly wrapupSeconds?: number;
}

interface RecordBase extends Durations {
  readonly caller: CallerIdentity;
  readonly dialed?: string;
  /**
   * The customer, whoever called: the caller of an inbound call; of an outbound one, the number that was called. Absent
   * for calls between colleagues.
   */
  readonly customer?: CallerIdentity;
  /** Absent, and listed in `unknown`, if nothing shows it. */
  readonly direction?: ContactDirection;
  /** Milliseconds since the epoch. */
  readonly began?: number;
  readonly answered?: number;
  readonly ended?: number;
  readonly fields: Record<string, string>;
  /** Part of it was learned from a snapshot, or may have happened during a gap. */
  readonly recovered?: true;
  readonly gaps?: readonly Gap[];
  readonly unknown: readonly UnknownValue[];
}

/** One agent's time with a contact. The key is that of the agent's screen pop. */
export interface SegmentRecord extends Contact, RecordBase {
  readonly event: 'segment';
  readonly call: { readonly id: string; readonly type?: number; readonly skillGroup?: number };
  readonly holds?: number;
  readonly reason?: EndReason;
  readonly transfers: readonly Party[];
  readonly conferences: readonly Party[];
  readonly consults: readonly Party[];
  readonly wrapupData?: string;
  readonly reasonCodes: readonly StateReason[];
  readonly recordings: readonly CallRecording[];
}

/** One customer's journey, from its first call to its last, with all agents. */
export interface ContactRecord extends RecordBase {
  readonly event: 'contact';
  readonly key: string;
  readonly journey: string;
  /** ISO 8601 */
  readonly time: string;
  /** "answered" once an agent answered; "abandoned" if none did. */
  readonly outcome: 'answered' | 'abandoned';
  readonly segments: readonly { readonly key: string; readonly agent: PopAgent; readonly reason?: EndReason }[];
  readonly transfers: number;
  readonly conferences: number;
}

export type CallRecord = SegmentRecord | ContactRecord;
