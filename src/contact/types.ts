/** What contact records are made of. Plain JSON-safe data: a record can be posted to a CRM as it is. */
import type { Caller, Contact, EndReason, FieldMapping, NumberRules, PopAgent } from '../screenpop/index.js';

export interface ContactSettings extends NumberRules {
  /** CallTypes that are recorded; default {@link RECORDED_CALL_TYPES}. */
  readonly callTypes?: readonly number[];
  /** Only these agents: "1001", or "5000.1001" with the peripheral; empty or absent: every agent the session sees. */
  readonly agents?: readonly string[];
  /** Named fields taken from the call; empty: every call variable and ECC variable that has a value, by its keyword. */
  readonly fields?: readonly FieldMapping[];
  /** When an agent's segment is recorded: with its wrap-up, or as soon as the call is over. Default "wrapup". */
  readonly when?: 'wrapup' | 'ended';
  /** Wrap-up that takes longer is not waited for. Default {@link DEFAULT_MAX_WRAPUP_MS}. */
  readonly maxWrapupMs?: number;
}

export const DEFAULT_MAX_WRAPUP_MS = 300_000;

/** Calls from and to customers: those that pop, and those that agents make to the outside. */
export const AGENT_OUT_CALL_TYPES: readonly number[] = [7, 8, 9];

export type Direction = 'inbound' | 'outbound' | 'internal';

/** The other side of a transfer, a conference or a consult call. */
export interface Party {
  /** Milliseconds since the epoch: of the transfer, the conference, or the beginning of the consult call. */
  readonly time: number;
  /** The number or the device as the switch names it; absent where it names none. */
  readonly device?: string;
  /** The agent there, where one is known. */
  readonly agent?: PopAgent;
}

/** A reason code that the agent's state had at that time. */
export interface StateReason {
  readonly time: number;
  /** AgentState: 2 not ready, 5 and 6 wrap-up. */
  readonly state: number;
  readonly code: number;
  /** The site's word for it, where one is known. */
  readonly text?: string;
}

/** A recording that was seen to begin. */
export interface Recording {
  readonly began: number;
  /** Absent where its end was not seen. */
  readonly ended?: number;
}

/** A time during which the session was not connected. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** What a record can be missing: it is named in `unknown`, and absent. */
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
  | 'reason';

/** Durations in seconds, whole milliseconds as decimals. A value that is not known is absent and named in `unknown`. */
export interface Durations {
  readonly queueSeconds?: number;
  readonly ringSeconds?: number;
  readonly talkSeconds?: number;
  readonly holdSeconds?: number;
  /** Consult calls that the agent made about this contact. */
  readonly consultSeconds?: number;
  readonly wrapupSeconds?: number;
}

interface RecordBase extends Durations {
  readonly caller: Caller;
  readonly dialed?: string;
  readonly direction: Direction;
  /** Milliseconds since the epoch. */
  readonly began?: number;
  readonly answered?: number;
  readonly ended?: number;
  readonly fields: Record<string, string>;
  /** Something of it was learned from a snapshot, or may have happened in a gap. */
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
  readonly recordings: readonly Recording[];
}

/** One customer's journey, from its first call to its last, with all agents. */
export interface ContactRecord extends RecordBase {
  readonly event: 'contact';
  readonly key: string;
  readonly journey: string;
  /** ISO 8601 */
  readonly time: string;
  /** "answered" once an agent took a call; "abandoned" where none did. */
  readonly outcome: 'answered' | 'abandoned';
  readonly segments: readonly { readonly key: string; readonly agent: PopAgent; readonly reason?: EndReason }[];
  readonly transfers: number;
  readonly conferences: number;
}

export type CallRecord = SegmentRecord | ContactRecord;
