/** The bodies that go out: the pop, its updates and its end under the same key. Fit to be posted to a CRM webhook as they are. */
import type { Args } from '../ctios/transport.js';
import { numberOf, textOf } from './arguments.js';
import { betterCaller, readCaller } from './caller.js';
import { fillTemplate, readFields, readKeyword } from './fields.js';
import type { Contact, Ended, EndReason, Pop, ScreenPopSettings, Trigger, Update } from './types.js';
import type { Connection, Visit } from './visit.js';

/** SkillGroupNumber where there is none. */
const NULL_SKILL_GROUP = 0xffffffff;

/**
 * @param connection absent before the call reaches the phone
 * @param call what is known of the contact
 */
export function popBody(
  visit: Visit,
  trigger: Trigger,
  time: number,
  connection: Connection | undefined,
  call: Args,
  settings: ScreenPopSettings,
): Pop {
  const dialed = textOf(call.DialedNumber) ?? textOf(call.DNIS);
  const type = numberOf(call.CallType) ?? connection?.type;
  const status = numberOf(call.CallStatus);
  const skillGroup = numberOf(call.SkillGroupNumber);
  const pop: Pop = {
    event: 'pop',
    ...contactOf(visit, time),
    trigger,
    caller: readCaller(call, settings),
    ...(dialed !== undefined && { dialed }),
    call: {
      ...(connection && { id: connection.id }),
      ...(type !== undefined && { type }),
      ...(status !== undefined && { status }),
      ...(skillGroup !== undefined && skillGroup < NULL_SKILL_GROUP && { skillGroup }),
    },
    fields: readFields(call, settings.fields),
  };
  return withLink(pop, call, settings);
}

/**
 * @param told what the screen shows
 * @param now what is known, as a pop
 * @param followed the call turned out to be about another one, whose customer this is
 * @returns undefined where nothing has become known
 */
export function updateBody(
  told: Pop,
  now: Pop,
  call: Args,
  followed: boolean,
  settings: ScreenPopSettings,
): Update | undefined {
  const caller = followed ? now.caller : betterCaller(told.caller, now.caller);
  const dialed = followed ? (now.dialed ?? told.dialed) : (told.dialed ?? now.dialed);
  const update: Pop = {
    ...now,
    trigger: told.trigger,
    caller,
    ...(dialed !== undefined && { dialed }),
    // A variable that is cleared stays as it was: a CRM that merges a body must not be told to blank a field.
    fields: { ...told.fields, ...now.fields },
  };
  if (essence(told) === essence(update)) return undefined;
  return { ...withLink(update, call, settings), event: 'update' };
}

/** @param now milliseconds since the epoch */
export function endedBody(visit: Visit, reason: EndReason, now: number, connection: Connection | undefined): Ended {
  const { poppedAt, answeredAt } = visit;
  return {
    event: 'ended',
    ...contactOf(visit, now),
    reason,
    call: { ...(connection && { id: connection.id }) },
    ...(answeredAt !== undefined && {
      ringSeconds: seconds(poppedAt ?? answeredAt, answeredAt),
      talkSeconds: seconds(answeredAt, now),
    }),
  };
}

/** What an update is sent for. */
function essence({ journey, caller, dialed, fields }: Pop): string {
  return JSON.stringify([journey, caller.kind, caller.received, dialed, Object.entries(fields).sort()]);
}

function withLink(pop: Pop, call: Args, { url }: ScreenPopSettings): Pop {
  return url ? { ...pop, url: fillTemplate(url, (name) => linkValue(name, pop, call)) } : pop;
}

function seconds(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / 1000));
}

function contactOf(visit: Visit, time: number): Contact {
  return {
    key: visit.key,
    journey: visit.journey,
    visit: visit.number,
    time: new Date(time).toISOString(),
    agent: visit.agent,
  };
}

/** What `{name}` means in a deep link: the pop's own words first, then the mapped fields, then any keyword of the call. */
function linkValue(name: string, pop: Pop, call: Args): string | undefined {
  const own: Record<string, string | undefined> = {
    e164: pop.caller.e164,
    number: pop.caller.received,
    key: pop.key,
    journey: pop.journey,
    agentId: pop.agent.id,
    dialed: pop.dialed,
  };
  return Object.hasOwn(own, name) ? own[name] : (pop.fields[name] ?? readKeyword(call, name));
}
