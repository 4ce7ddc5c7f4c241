/**
 * The bodies of the output messages: the pop, its updates and its end, under one key. Can be posted to a CRM webhook
 * unchanged.
 */
import type { SteadyTime } from '../common/steady-time.js';
import type { Args } from '../ctios/transport.js';
import { callTypeOf, numberArgumentOf, skillGroupOf, textOf } from './arguments.js';
import { betterCaller, betterCustomer, isMadeToCustomer, NOBODY, readCalled, readCaller } from './caller.js';
import { betterDirection, type CallBeginning, contactDirection, evidentType } from './direction.js';
import { fillTemplate, readFields, readKeyword } from './fields.js';
import type { CallerIdentity, Contact, Ended, EndReason, Pop, ScreenPopSettings, Trigger, Update } from './types.js';
import { callWithCustomer, contactData } from './visits/contact-data.js';
import type { Connection, Visit } from './visits/visit.js';

/**
 * @param connection absent before the call reaches the phone
 * @param call the known properties of the contact
 * @param isColleague whether a number belongs to an agent
 */
export function popBody(
  visit: Visit,
  trigger: Trigger,
  time: number,
  connection: Connection | undefined,
  call: Args,
  settings: ScreenPopSettings,
  isColleague: (caller: CallerIdentity) => boolean,
): Pop {
  const dialed = textOf(call.DialedNumber) ?? textOf(call.DNIS);
  const type = numberArgumentOf(call.CallType) ?? connection?.type;
  const status = numberArgumentOf(call.CallStatus);
  const skillGroup = skillGroupOf(call.SkillGroupNumber);
  const { began, beginning } = beginningOf(connection, call);
  const beganType = evidentType(beginning);
  const caller = readCaller(call, settings, beganType);
  const pop: Pop = {
    event: 'pop',
    ...contactOf(visit, time),
    trigger,
    caller,
    ...(dialed !== undefined && { dialed }),
    customer: readCalled(began, beganType, settings) ?? (isMadeToCustomer(began, beganType) ? NOBODY : caller),
    direction: contactDirection(beginning, began, caller, isColleague, settings) ?? 'inbound',
    call: {
      ...(connection && { id: connection.id }),
      ...(type !== undefined && { type }),
      ...(status !== undefined && { status }),
      ...(skillGroup !== undefined && { skillGroup }),
    },
    fields: readFields(call, settings.fields),
  };
  return withLink(pop, call, settings);
}

/** The call with which the contact began: it shows who called whom. */
function beginningOf(connection: Connection | undefined, call: Args): { began: Args; beginning: CallBeginning } {
  const first = connection && callWithCustomer(connection);
  const began = first === connection ? call : contactData(first, undefined);
  const type = first?.type ?? callTypeOf(began);
  return { began, beginning: { ...first, ...(type !== undefined && { type }) } };
}

/**
 * @param told the data on the screen
 * @param now the current data, in the form of a pop
 * @param followed the call was found to be about another one, whose customer this is
 * @returns undefined if there is nothing new
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
    customer: followed ? now.customer : betterCustomer(told.customer, now.customer),
    direction: followed ? now.direction : betterDirection(told.direction, now.direction),
    // A cleared variable keeps its value: a CRM that merges a body must not blank a field.
    fields: { ...told.fields, ...now.fields },
  };
  if (essence(told) === essence(update)) return undefined;
  return { ...withLink(update, call, settings), event: 'update' };
}

/** @param now on the steady clock, as the times of the visit */
export function endedBody(
  visit: Visit,
  reason: EndReason,
  now: number,
  steady: Pick<SteadyTime, 'stamp'>,
  connection: Connection | undefined,
): Ended {
  const { poppedAt, answeredAt } = visit;
  return {
    event: 'ended',
    ...contactOf(visit, steady.stamp(now)),
    reason,
    call: { ...(connection && { id: connection.id }) },
    ...(answeredAt !== undefined && {
      ringSeconds: seconds(poppedAt ?? answeredAt, answeredAt),
      talkSeconds: seconds(answeredAt, now),
    }),
  };
}

/** The fields whose changes cause an update. */
function essence({ journey, caller, customer, direction, dialed, fields }: Pop): string {
  const numbers = [caller, customer].flatMap(({ kind, received }) => [kind, received]);
  return JSON.stringify([journey, ...numbers, direction, dialed, Object.entries(fields).sort()]);
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

/**
 * The values of `{name}` in a deep link: the pop's own fields first, then the mapped fields, then any keyword of the
 * call.
 */
function linkValue(name: string, pop: Pop, call: Args): string | undefined {
  const own: Record<string, string | undefined> = {
    e164: pop.customer.e164,
    number: pop.customer.received,
    key: pop.key,
    journey: pop.journey,
    agentId: pop.agent.id,
    dialed: pop.dialed,
  };
  return Object.hasOwn(own, name) ? own[name] : (pop.fields[name] ?? readKeyword(call, name));
}
