/** Builds the records. An unknown value is omitted and listed. */

import {
  agentKey,
  type CallerIdentity,
  type ContactDirection,
  contactData,
  contactDirection,
  isPassedOn,
  type NumberRules,
} from '../screenpop/index.js';
import type { Journey } from './journeys.js';
import type { Leg } from './leg.js';
import { isOwnConsult, type Segment } from './segment.js';
import type { ContactRecord, Durations, Gap, SegmentRecord, UnknownValue } from './types.js';

const DURATIONS = [
  'queueSeconds',
  'ringSeconds',
  'talkSeconds',
  'holdSeconds',
  'consultSeconds',
  'wrapupSeconds',
] as const satisfies readonly (keyof Durations & UnknownValue)[];

const NOBODY: CallerIdentity = { received: '', kind: 'absent' };

/** @param called the customer, if the customer was called */
function customerOf(
  direction: ContactDirection | undefined,
  caller: CallerIdentity,
  called: CallerIdentity | undefined,
  unknown: Set<UnknownValue>,
): CallerIdentity | undefined {
  if (direction === 'inbound') return caller;
  if (direction === undefined) unknown.add('direction').add('customer');
  if (direction === 'outbound' && called === undefined) unknown.add('customer');
  return direction === 'outbound' ? called : undefined;
}

/**
 * The direction of the call with which the journey began, not of later calls: the segment of a colleague who is
 * consulted about a customer's call ends first, and is recorded first.
 * @param isColleague whether a number belongs to a colleague. A journey that began with a consult call concerns nobody
 *   else: the customer had hung up before the phone rang
 */
export function journeyDirection(
  { first, caller, records }: Journey,
  isColleague: (number: CallerIdentity) => boolean,
  rules: NumberRules,
): ContactDirection | undefined {
  // The first connection may be that of the caller, which shows nothing without a CallType.
  return contactDirection(first, contactData(first, undefined), caller, isColleague, rules) ?? records[0]?.direction;
}

export function segmentDirection(
  { first, caller, journey, visit }: Segment,
  isColleague: (number: CallerIdentity) => boolean,
  rules: NumberRules,
): ContactDirection | undefined {
  if (isPassedOn(first.type)) return journeyDirection(journey, isColleague, rules);
  return contactDirection(first, contactData(visit.source, undefined), caller, isColleague, rules);
}

export function segmentRecord(
  segment: Segment,
  direction: ContactDirection | undefined,
  wrapupMs: number | undefined,
  now: number,
): SegmentRecord {
  const { visit, first } = segment;
  const legs = [...segment.legs];
  const unknown = new Set<UnknownValue>();
  const times = timesOf(legs, unknown);
  const lost = segment.endedAt === undefined;
  if (lost) unknown.add('ended').add('reason');
  if (first.found) unknown.add('began');
  const answered = segment.answered;
  if (answered === undefined && times.talked) unknown.add('answered');
  const caller = segment.caller ?? NOBODY;
  // Who is given a call that a colleague has dialed has not called the customer, but talks to the same one.
  const called = segment.called ?? segment.journey.called;
  const customer = customerOf(direction, caller, called, unknown);
  if (segment.queueMs === undefined && direction === 'inbound') unknown.add('queueSeconds');
  if (wrapupMs === undefined && (answered !== undefined || times.talked)) unknown.add('wrapupSeconds');
  const durations: Durations = {
    ...(segment.queueMs !== undefined && { queueSeconds: seconds(segment.queueMs) }),
    ringSeconds: seconds(times.ring),
    talkSeconds: seconds(times.talk),
    holdSeconds: seconds(times.hold),
    consultSeconds: seconds(times.consult),
    ...(wrapupMs !== undefined && { wrapupSeconds: seconds(wrapupMs) }),
  };
  const recovered =
    unknown.size > 0 && (segment.gaps.length > 0 || lost || legs.some(({ connection }) => connection.found));
  const known = without(
    {
      began: segment.began,
      answered,
      ended: segment.endedAt,
      ...durations,
      holds: times.holds,
      reason: segment.reason,
    },
    unknown,
  );
  return {
    event: 'segment',
    key: visit.key,
    journey: visit.journey,
    visit: visit.number,
    time: new Date(now).toISOString(),
    agent: visit.agent,
    caller,
    ...(segment.dialed !== undefined && { dialed: segment.dialed }),
    ...(customer && { customer }),
    ...(direction && { direction }),
    call: {
      id: segment.id,
      ...(segment.type !== undefined && { type: segment.type }),
      ...(segment.skillGroup !== undefined && { skillGroup: segment.skillGroup }),
    },
    ...known,
    transfers: segment.transfers,
    conferences: segment.conferences,
    consults: segment.consults,
    ...(segment.wrapupData && { wrapupData: segment.wrapupData }),
    reasonCodes: segment.reasonCodes,
    recordings: segment.recorded,
    fields: segment.fields,
    ...history(recovered, segment.gaps),
    unknown: [...unknown],
  };
}

export function contactRecord(
  journey: Journey,
  part: number,
  direction: ContactDirection | undefined,
  now: number,
): ContactRecord {
  const { records } = journey;
  const unknown = new Set<UnknownValue>();
  if (journey.found) unknown.add('began');
  if (journey.queueUnseen) unknown.add('queueSeconds');
  const legs = [...journey.legs];
  if (legs.some((leg) => leg.lostEnd && leg.endedAt === journey.ended)) unknown.add('ended');
  const sums: Record<string, number> = { queueSeconds: seconds(journey.queueMs) };
  for (const name of DURATIONS) {
    if (name === 'queueSeconds') continue;
    if (records.some((record) => record.unknown.includes(name))) unknown.add(name);
    sums[name] = seconds(records.reduce((sum, record) => sum + Math.round((record[name] ?? 0) * 1000), 0));
  }
  const caller = journey.caller ?? NOBODY;
  const customer = customerOf(direction, caller, journey.called, unknown);
  const answers = records.map(({ answered }) => answered).filter((time) => time !== undefined);
  if (records.some((record) => record.unknown.includes('answered'))) unknown.add('answered');
  const isAnswered = answers.length > 0 || unknown.has('answered');
  const known = without(
    {
      began: journey.began,
      ...(answers.length > 0 && { answered: Math.min(...answers) }),
      ended: journey.ended,
      ...sums,
    },
    unknown,
  );
  return {
    event: 'contact',
    key: part === 1 ? journey.name : `${journey.name}/${part}`,
    journey: journey.name,
    time: new Date(now).toISOString(),
    caller,
    ...(journey.dialed !== undefined && { dialed: journey.dialed }),
    ...(customer && { customer }),
    ...(direction && { direction }),
    ...known,
    outcome: isAnswered ? 'answered' : 'abandoned',
    segments: records.map(({ key, agent, reason }) => ({ key, agent, ...(reason !== undefined && { reason }) })),
    transfers: records.reduce((sum, { transfers }) => sum + transfers.length, 0),
    conferences: records.reduce((sum, { conferences }) => sum + conferences.length, 0),
    fields: journey.fields,
    ...history(unknown.size > 0 && (journey.gaps.length > 0 || journey.found), journey.gaps),
    unknown: [...unknown],
  };
}

/** For a list of agents that can be keyed by both a map and a message. */
export function segmentAgent({ visit }: Segment): string {
  return agentKey(visit.agent);
}

interface Times {
  ring: number;
  talk: number;
  hold: number;
  consult: number;
  holds: number;
  /** Whether there was a conversation. */
  talked: boolean;
}

function timesOf(legs: readonly Leg[], unknown: Set<UnknownValue>): Times {
  const times: Times = { ring: 0, talk: 0, hold: 0, consult: 0, holds: 0, talked: false };
  for (const { connection, ms, holds, unseen } of legs) {
    if (isOwnConsult(connection)) {
      times.consult += ms.talk + ms.hold;
      if (unseen.size > 0) unknown.add('consultSeconds');
      continue;
    }
    times.ring += ms.ring;
    times.talk += ms.talk;
    times.hold += ms.hold;
    times.holds += holds;
    times.talked ||= ms.talk > 0 || ms.hold > 0 || unseen.has('talk');
    if (unseen.has('ring')) unknown.add('ringSeconds');
    if (unseen.has('talk')) unknown.add('talkSeconds');
    if (unseen.has('hold')) unknown.add('holdSeconds').add('holds');
  }
  return times;
}

function without<T extends object>(values: T, unknown: ReadonlySet<string>): T {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== undefined && !unknown.has(name)),
  ) as T;
}

function history(recovered: boolean, gaps: readonly Gap[]): { recovered?: true; gaps?: readonly Gap[] } {
  return { ...((recovered || gaps.length > 0) && { recovered: true as const }), ...(gaps.length > 0 && { gaps }) };
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}
