/** The two bodies that go out: the pop, and its end under the same key. Fit to be posted to a CRM webhook as they are. */
import type { Args } from '../ctios/transport.js';
import { numberOf, readCall, textOf } from './arguments.js';
import { readCaller } from './caller.js';
import { fillTemplate, readFields, readKeyword } from './fields.js';
import type { Contact, ContactEvent, Ended, EndReason, Pop, ScreenPopSettings, Trigger } from './types.js';
import type { Visit, VisitConnection } from './visits.js';

/** SkillGroupNumber where there is none. */
const NULL_SKILL_GROUP = 0xffffffff;

/** @param connection absent before the call reaches the phone */
export function popBody(
  visit: Visit,
  trigger: Trigger,
  event: ContactEvent,
  connection: VisitConnection | undefined,
  settings: ScreenPopSettings,
): Pop {
  // The event's own arguments are newer than what an object without this event may hold.
  const call: Args = { ...readCall(event), ...event.args };
  const caller = readCaller(call, settings);
  const dialed = textOf(call.DialedNumber) ?? textOf(call.DNIS);
  const type = numberOf(call.CallType) ?? connection?.type;
  const status = numberOf(call.CallStatus);
  const skillGroup = numberOf(call.SkillGroupNumber);
  const pop: Pop = {
    event: 'pop',
    ...contactOf(visit, event.time),
    trigger,
    caller,
    ...(dialed !== undefined && { dialed }),
    call: {
      ...(connection && { id: connection.id }),
      ...(type !== undefined && { type }),
      ...(status !== undefined && { status }),
      ...(skillGroup !== undefined && skillGroup < NULL_SKILL_GROUP && { skillGroup }),
    },
    fields: readFields(call, settings.fields),
  };
  const { url } = settings;
  return url ? { ...pop, url: fillTemplate(url, (name) => linkValue(name, pop, call)) } : pop;
}

/** @param now milliseconds since the epoch */
export function endedBody(
  visit: Visit,
  reason: EndReason,
  now: number,
  connection: VisitConnection | undefined,
): Ended {
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
